package io.realmwright.local;

import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./realmwright up}, and {@code deploy/smoke} if the first argument is {@code smoke}. */
public final class Main {
    private static final int FAILED = 1;

    private Main() {}

    /** Runs until it is told to stop; exits with 0 if it was, with 1 if it could not run. */
    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals(Smoke.NAME)) {
            System.exit(Smoke.run(List.of(arguments).subList(1, arguments.length)));
        }
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.println(Options.USAGE);
            return;
        }
        try {
            Options options = Options.parse(arguments);
            run(options);
        } catch (LocalRunException e) {
            System.err.println("realmwright: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(Options options) throws InterruptedException {
        var progress = new Progress(System.out);
        LocalRun run = LocalRun.start(options, progress);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            run.close();
            stopped.countDown();
        }));
        try {
            var job = new MainJob(new Api(run.policyUrl()), options.home(), "", progress);
            job.registerHosts(run.agentUrl());
            System.out.print(Table.of(job.run()));
            System.out.println();
            progress.say("deployer-policy " + run.policyUrl() + "  (the dashboard; API at /docs)");
            progress.say("host-agent      " + run.agentUrl() + "  (API at /docs)");
            progress.say("logs            " + run.logs());
        } catch (LocalRunException e) {
            run.close();
            throw e;
        }
        if (!options.once()) {
            progress.say("serving; stop with Ctrl-C or ./realmwright down");
            stopped.await();
        }
    }
}
