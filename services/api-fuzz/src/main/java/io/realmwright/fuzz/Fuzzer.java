package io.realmwright.fuzz;

import io.realmwright.fuzz.ApiContract.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;

/**
 * Sends a service what it should not be sent. Case {@code n} of a seed is always the same request, so a failure is repeated
 * by the command that its text names.
 */
public final class Fuzzer {
    private static final int FINDINGS_MAX = 20;

    private final ApiContract contract;
    private final Hints hints;
    private final Settings settings;
    private final Supplier<Object> state;
    private final Set<String> recorded;
    private final RawHttp http;
    private final AnswerCheck check;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();

    /**
     * What to send.
     *
     * @param module whose tests these are, for the command that repeats a case
     * @param first the number of the first case
     * @param patience after which a call is taken to hang
     */
    public record Settings(
            String module, String test, long seed, int first, int cases, Duration time, Duration patience) {
        /** As the properties {@code fuzz.seed}, {@code fuzz.first}, {@code fuzz.cases} and {@code fuzz.seconds} say. */
        public static Settings fromProperties(String module, String test) {
            return new Settings(
                    module,
                    test,
                    Long.getLong("fuzz.seed", 1),
                    Integer.getInteger("fuzz.first", 0),
                    Integer.getInteger("fuzz.cases", 3_000),
                    Duration.ofSeconds(Integer.getInteger("fuzz.seconds", 40)),
                    Duration.ofSeconds(15));
        }

        String command(int number) {
            return ("mvn -pl %s -am -Dtest=%s -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.seed=%d -Dfuzz.first=%d"
                            + " -Dfuzz.cases=1 test")
                    .formatted(module, test, seed, number);
        }
    }

    /**
     * Speaks to the service on this port.
     *
     * @param state everything that a refused request must not change, as something to compare
     * @param recorded the problems that tell of something that was tried, and is on record since
     */
    public Fuzzer(
            Path contract, Hints hints, Settings settings, int port, Supplier<Object> state, Set<String> recorded) {
        this.contract = ApiContract.read(contract);
        this.hints = hints;
        this.settings = settings;
        this.state = state;
        this.recorded = Set.copyOf(recorded);
        this.http = new RawHttp(port, settings.patience());
        this.check = new AnswerCheck(this.contract);
    }

    /**
     * Sends all cases, as far as the time goes; every operation at least once, in turn, the first round with requests
     * that are right.
     *
     * @return what was wrong, one text for each case
     */
    public List<String> run() {
        List<Operation> operations = contract.operations();
        long end = System.nanoTime() + settings.time().toNanos();
        Set<String> sent = new HashSet<>();
        Object before = state.get();
        for (int n = settings.first(); n < settings.first() + settings.cases(); n++) {
            boolean isLate = System.nanoTime() > end && sent.size() == operations.size();
            if (isLate || findings.size() >= FINDINGS_MAX) {
                break;
            }
            Operation operation = operations.get(n % operations.size());
            sent.add(operation.name());
            before = attempt(n, operation, n < operations.size(), before);
        }
        return List.copyOf(findings);
    }

    /** How often each operation answered with each status. */
    public Map<String, Map<Integer, Integer>> statuses() {
        return statuses;
    }

    /** The operations of the contract, by the names under which {@link #statuses} knows them. */
    public Set<String> operations() {
        return contract.operations().stream().map(Operation::name).collect(Collectors.toSet());
    }

    private Object attempt(int number, Operation operation, boolean valid, Object before) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(settings.seed() * 1_000_003 + number);
        var maker = new RequestMaker(contract, hints, random);
        RawHttp.Request request = maker.make(operation, valid);
        try {
            RawHttp.Answer answer = http.send(request);
            statuses.computeIfAbsent(operation.name(), _ -> new TreeMap<>()).merge(answer.status(), 1, Integer::sum);
            Optional<String> complaint = check.complaint(operation, answer, maker.isProtocolBroken());
            complaint.ifPresent(text -> find(number, request, text + "\n" + answer.text()));
            return unchanged(number, request, answer, before);
        } catch (IOException e) {
            find(number, request, e.toString());
            return state.get();
        }
    }

    private Object unchanged(int number, RawHttp.Request request, RawHttp.Answer answer, Object before) {
        Object after = state.get();
        boolean isRefused = answer.status() >= 400 && answer.status() < 500;
        boolean isRecorded =
                recorded.stream().anyMatch(problem -> answer.text().contains("/problems/" + problem + "\""));
        if (isRefused && !isRecorded && !after.equals(before)) {
            find(number, request, "was refused with " + answer.status() + " and changed\n" + before + "\nto\n" + after);
        }
        return after;
    }

    private void find(int number, RawHttp.Request request, String what) {
        findings.add("case %d: %s%n%n%s%n%nRepeat it: %s%n"
                .formatted(number, what, request.describe(), settings.command(number)));
    }
}
