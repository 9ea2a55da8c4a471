package io.realmwright.machine.conformance;

import io.realmwright.machine.rmm.ProtectedHalf;
import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiCommand1_0;
import io.realmwright.machine.rmm.RmiFunction;
import io.realmwright.machine.rmm.RmiRevision;
import io.realmwright.machine.rmm.RsiCommand;
import io.realmwright.machine.trace.RecordedCalls;
import io.realmwright.machine.trace.RecordedCalls.Cases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes docs/conformance.md: what is supported, and what has been compared with what. */
final class ConformancePage {
    private static final long MODEL_SEED = 1;

    /** By FID in their 32-bit form; those that have a 64-bit form, too, are marked by it. */
    private static final Map<String, List<Long>> PSCI = new TreeMap<>(Map.of(
            "PSCI_VERSION", List.of(0x84000000L),
            "PSCI_CPU_SUSPEND", List.of(0x84000001L, 0xC4000001L),
            "PSCI_CPU_OFF", List.of(0x84000002L),
            "PSCI_CPU_ON", List.of(0x84000003L, 0xC4000003L),
            "PSCI_AFFINITY_INFO", List.of(0x84000004L, 0xC4000004L),
            "PSCI_SYSTEM_OFF", List.of(0x84000008L),
            "PSCI_SYSTEM_RESET", List.of(0x84000009L),
            "PSCI_FEATURES", List.of(0x8400000AL),
            "SMCCC_VERSION", List.of(0x80000000L)));

    /** Answered as to a realm without auxiliary planes. */
    private static final Set<String> REFUSED = Set.of("RSI_MEM_SET_PERM_VALUE", "RSI_PLANE_ENTER");

    private final RecordedCalls recorded1_0 = RecordedCalls.of(RmiRevision.RMI_1_0);
    private final RecordedCalls recorded2_0 = RecordedCalls.of(RmiRevision.RMI_2_0);
    private final Map<String, Long> modelled = new TreeMap<>();
    private final List<Scenario> scenarios = Scenario.all();
    private final StringBuilder page = new StringBuilder();

    ConformancePage() {
        ProtectedHalf.ofPagesAndBlocks(MODEL_SEED)
                .forEach((command, cases) -> modelled.merge(command, cases, Long::sum));
        ProtectedHalf.ofTablesOnThreeLevels(MODEL_SEED)
                .forEach((command, cases) -> modelled.merge(command, cases, Long::sum));
    }

    /** Calls whose recorded answers do not all agree, by revision and command; empty as long as the machine is right. */
    List<String> disagreements() {
        List<String> disagreements = new ArrayList<>();
        recorded1_0.byHost().forEach((command, cases) -> disagreement("1.0", command, cases, disagreements));
        recorded2_0.byHost().forEach((command, cases) -> disagreement("2.0", command, cases, disagreements));
        return disagreements;
    }

    private static void disagreement(String revision, String command, Cases cases, List<String> disagreements) {
        if (cases.run() != cases.agree()) {
            disagreements.add("%s %s: %d of %d".formatted(revision, command, cases.agree(), cases.run()));
        }
    }

    String text() {
        page.setLength(0);
        introduction();
        commands("RMI 2.0", RmiCommand.values(), RecordedCalls.withoutHandler("RMI_"), recorded2_0.byHost());
        commands("RMI 1.0", RmiCommand1_0.values(), Map.of(), recorded1_0.byHost());
        guestCalls("RSI", rsi());
        guestCalls("PSCI and SMCCC", PSCI);
        scenarios();
        notModelled();
        return page.toString();
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private void introduction() {
        line("# Conformance");
        line("");
        line("Made by `ConformanceTest`, which fails when this page is not what it would make. To make it anew:");
        line("`mvn -pl services/cca-machine test -Dtest=ConformanceTest -Dconformance.write=true`.");
        line("");
        line("*Recorded*: calls of the reference RMM's recordings, made again, and how many of them agree in every");
        line(
                "register, exit field and guest result. *Model*: calls compared with a naive model that shares no class with");
        line("the machine (seed " + MODEL_SEED
                + " of `ProtectedHalfTest`). *Scenarios*: rows of the table below. What is");
        line(
                "not *supported* answers NOT_SUPPORTED (−1), as a reference RMM without that feature does; what is *refused* is");
        line("answered with an error, because no realm has auxiliary planes.");
        line("");
    }

    private void commands(
            String title, RmiFunction[] functions, Map<String, Long> without, SortedMap<String, Cases> recorded) {
        line("## " + title);
        line("");
        line("| command | FID | supported | recorded | agree | model | scenarios | source |");
        line("|---|---|---|---:|---:|---:|---:|---|");
        Cases all = Cases.NONE;
        List<String> known = new ArrayList<>();
        for (RmiFunction function : sorted(functions)) {
            Cases cases = recorded.getOrDefault(function.name(), Cases.NONE);
            long model = functions instanceof RmiCommand[] ? modelled.getOrDefault(function.name(), 0L) : 0;
            long about = about(function.name());
            line("| %s | %X | yes | %d | %d | %d | %d | %s |"
                    .formatted(
                            function.name(),
                            function.fid(),
                            cases.run(),
                            cases.agree(),
                            model,
                            about,
                            source(cases.run(), model, about)));
            known.add(function.name());
            all = all.and(cases);
        }
        for (var command : without.entrySet()) {
            Cases cases = recorded.getOrDefault(command.getKey(), Cases.NONE);
            line("| %s | %X | no | %d | %d | 0 | 0 | %s |"
                    .formatted(
                            command.getKey(),
                            command.getValue(),
                            cases.run(),
                            cases.agree(),
                            source(cases.run(), 0, 0)));
            known.add(command.getKey());
            all = all.and(cases);
        }
        Cases others = recorded.entrySet().stream()
                .filter(named -> !known.contains(named.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Cases.NONE, Cases::and);
        all = all.and(others);
        line("| *FIDs of no command* | | no | %d | %d | | | recorded |".formatted(others.run(), others.agree()));
        line("| *all of these* | | | %d | %d | | | |".formatted(all.run(), all.agree()));
        line("");
    }

    private static List<RmiFunction> sorted(RmiFunction[] functions) {
        return Stream.of(functions)
                .sorted(Comparator.comparing(RmiFunction::name))
                .toList();
    }

    private static Map<String, List<Long>> rsi() {
        Map<String, List<Long>> calls = new TreeMap<>();
        RecordedCalls.withoutHandler("RSI_").forEach((name, fid) -> calls.put(name, List.of(fid)));
        Arrays.stream(RsiCommand.values()).forEach(command -> calls.put(command.name(), List.of(command.fid())));
        return calls;
    }

    private void guestCalls(String title, Map<String, List<Long>> calls) {
        line("## " + title);
        line("");
        line(
                "| call | FID | supported | RMM 2.0 recorded | agree | RMM 1.0 recorded | agree | model | scenarios | source |");
        line("|---|---|---|---:|---:|---:|---:|---:|---:|---|");
        calls.forEach((name, fids) -> {
            Cases on2_0 = guestCases(recorded2_0.byGuest(), name, fids);
            Cases on1_0 = guestCases(recorded1_0.byGuest(), name, fids);
            long model = modelled.getOrDefault(name, 0L);
            long about = about(name);
            line("| %s | %s | %s | %d | %d | %d | %d | %d | %d | %s |"
                    .formatted(
                            name,
                            fids.stream()
                                    .map("%X"::formatted)
                                    .reduce((one, other) -> one + ", " + other)
                                    .orElseThrow(),
                            supported(name),
                            on2_0.run(),
                            on2_0.agree(),
                            on1_0.run(),
                            on1_0.agree(),
                            model,
                            about,
                            source(on2_0.run() + on1_0.run(), model, about)));
        });
        line("");
    }

    private static String supported(String guestCall) {
        if (REFUSED.contains(guestCall)) {
            return "refused";
        }
        return RecordedCalls.withoutHandler("RSI_").containsKey(guestCall) ? "no" : "yes";
    }

    private static Cases guestCases(SortedMap<String, Cases> recorded, String name, List<Long> fids) {
        Cases sum = recorded.getOrDefault(name, Cases.NONE);
        for (long fid : fids) {
            sum = sum.and(recorded.getOrDefault("0x" + Long.toHexString(fid), Cases.NONE));
        }
        return sum;
    }

    private long about(String command) {
        return scenarios.stream()
                .filter(scenario -> scenario.commands().contains(command))
                .count();
    }

    private static String source(long recorded, long model, long scenarios) {
        String sources = Stream.of(
                        recorded > 0 ? "recorded" : "", model > 0 ? "model" : "", scenarios > 0 ? "scenario" : "")
                .filter(source -> !source.isEmpty())
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return sources.isEmpty() ? "none" : sources;
    }

    private void scenarios() {
        line("## Scenarios of the compliance suite");
        line("");
        line("Re-expressed as tests of this project, most of them on both revisions; the suite itself was not run.");
        line("");
        line("| scenario | asserts | pinned by |");
        line("|---|---|---|");
        for (Scenario scenario : scenarios) {
            line("| %s | %s | %s |".formatted(scenario.name(), scenario.asserts(), scenario.pinnedBy()));
        }
        line("");
    }

    private void notModelled() {
        line("## Not modelled");
        line("");
        line(
                "- Feature registers are configuration of a machine: a replay uses the recorded ones, a host's machine advertises");
        line("  only what is modelled.");
        line(
                "- Device assignment, SMMUs and the trees of auxiliary planes: their commands have no handler. What REALM_CREATE");
        line("  takes of their parameters is taken as the recorded machine does.");
        line("- Virtual interrupts, timers and the PMU: fields of the exit are zero. ID registers read as zero.");
        line("- LPA2's level −1, granules of 16 and 64 KiB, caches, TLBs and memory encryption.");
        line("- More than one thread at a time: no RMI_BUSY arises, and no REC runs while the host makes a call.");
        line("- `docs/model` says what the machine does instead, rule by rule.");
    }
}
