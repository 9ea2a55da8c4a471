package io.realmwright.chaos;

import io.realmwright.chaos.Load.Wanted;
import io.realmwright.processes.Api;
import io.realmwright.processes.LocalRunException;
import io.realmwright.processes.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Rounds of trouble under load, each followed by a recovery and a count. */
final class ChaosRun {
    private static final List<Trouble.Kind> KINDS = List.copyOf(EnumSet.allOf(Trouble.Kind.class));
    private static final int DEPLOYERS = 4;
    private static final int FAULTS_A_ROUND = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Subjects subjects;
    private final RandomGenerator random;
    private final Trouble trouble;
    private final Report report;
    private final Progress progress;
    private final List<Load> loads = new ArrayList<>();
    private final AuditCheck audit = new AuditCheck();

    private ChaosRun(Subjects subjects, Options options, Progress progress) {
        this.subjects = subjects;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed());
        this.trouble = new Trouble(subjects, random);
        this.report = new Report(options.seed());
        this.progress = progress;
    }

    static Report run(Options options, Progress progress) {
        try (var subjects = Subjects.start(options, progress)) {
            var run = new ChaosRun(subjects, options, progress);
            long end = System.nanoTime() + options.length().toNanos();
            for (int round = 1; round == 1 || (System.nanoTime() < end && run.report.isClean()); round++) {
                run.round(round);
            }
            return run.report;
        }
    }

    private void round(int number) {
        List<Load> fresh = new ArrayList<>();
        for (int i = 0; i < DEPLOYERS; i++) {
            var deployer = RandomGeneratorFactory.of("L64X128MixRandom").create(random.nextLong());
            fresh.add(new Load(subjects, deployer, "d" + i + "-round-" + number));
        }
        List<Thread> threads =
                fresh.stream().map(load -> Thread.startVirtualThread(load::run)).toList();
        loads.addAll(fresh);
        Api.pause(WARM_UP);
        List<Trouble.Kind> kinds = makeTrouble();
        subjects.awaitHealth();
        fresh.forEach(Load::end);
        threads.forEach(ChaosRun::join);
        recover(number, kinds);
    }

    private List<Trouble.Kind> makeTrouble() {
        List<Trouble.Kind> kinds = new ArrayList<>();
        for (int i = 0; i < FAULTS_A_ROUND; i++) {
            Trouble.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
            kinds.add(kind);
            report.injected(kind);
            trouble.make(kind);
            Api.pause(Duration.ofMillis(random.nextInt(1_000)));
        }
        return kinds;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRunException("interrupted", e);
        }
    }

    /** Waits until all is well, or for too long, and counts. */
    private void recover(int number, List<Trouble.Kind> kinds) {
        Map<String, Wanted> wanted = new TreeMap<>();
        loads.forEach(load -> wanted.putAll(load.realms()));
        report.realms(wanted.size());
        long start = System.nanoTime();
        Findings findings = Findings.of(subjects);
        while (!findings.isSettled(wanted) && System.nanoTime() - start < PATIENCE.toNanos()) {
            Api.pause(Duration.ofMillis(100));
            findings = Findings.of(subjects);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (findings.isSettled(wanted)) {
            report.recovered(kinds, time);
        } else {
            report.broken("other: not settled after " + PATIENCE + ":\n" + findings.unsettled(wanted));
        }
        findings.lost(wanted).forEach(name -> report.broken("lost: " + name));
        findings.unheld().forEach(realm -> report.broken("lost: " + realm));
        findings.leaks().forEach(leak -> report.broken("leaked: " + leak));
        findings.missingGranules(subjects.machines()).forEach(leak -> report.broken("leaked: " + leak));
        findings.duplicates().forEach(name -> report.broken("duplicated: " + name));
        audit.findings(subjects.policyApi(1)).forEach(finding -> report.broken("other: audit trail: " + finding));
        report.countedLeaks(findings.countedLeaks());
        progress.say("round %d: %s; %d realms hold memory; all well after %.1f s"
                .formatted(number, kinds, findings.realmsHeld(), time.toMillis() / 1000.0));
    }
}
