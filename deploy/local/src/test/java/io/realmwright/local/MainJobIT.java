package io.realmwright.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.processes.Api;
import io.realmwright.processes.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The main job as {@code ./realmwright up} does it: real processes, a real PostgreSQL, nothing but REST. */
class MainJobIT {
    private static final String V14 = "rmm-2.0+kvm-rmi-v14";
    private static final String V10 = "rmm-1.0+kvm-rme-v10";
    private static final Set<String> DECLARING = Set.of("EDK2_LINUX", "LINUX_EARLY_RSI");

    private static final String BOOTED = "BOOTED";
    private static final String FAULTED = "FAULTED(WRITE 0x8ffff000, UNASSIGNED, EMPTY, not visible to the host)";
    private static final String REJECTED = "STALLED(RIPAS_REJECTED)";
    private static final String WITHHELD = "STALLED(RIPAS_WITHHELD)";

    private static Path home;
    private static LocalRun run;
    private static List<Row> rows;
    private static Api api;

    @BeforeAll
    static void startAndRunTheMainJob(@TempDir Path directory) throws Exception {
        // The project as the run sees it, with a working directory of the test's own.
        home = directory;
        Path project = Path.of("../..").toRealPath();
        Files.createSymbolicLink(home.resolve("services"), project.resolve("services"));
        Files.createSymbolicLink(home.resolve("deploy"), project.resolve("deploy"));
        var progress = new Progress(new PrintStream(System.out, true));
        run = LocalRun.start(new Options(home, 0, 0, true), progress);
        api = new Api(run.policyUrl());
        var job = new MainJob(api, home, "", progress);
        job.registerHosts(run.agentUrl());
        rows = job.run();
    }

    @AfterAll
    static void stop() {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void everyRealmComesToTheOutcomeOfTheTable() {
        Map<String, String> actual = new HashMap<>();
        Map<String, String> expected = new HashMap<>();
        for (Row row : rows) {
            String cell = row.policy().name() + " × " + row.guest() + " × " + row.hostProfile();
            actual.put(cell, row.outcome());
            expected.put(cell, expected(row));
        }

        assertThat(actual).hasSize(8 * 4 * 3).isEqualTo(expected);
    }

    @Test
    void theTableIsTheOneThatSmokeComparesWith() throws IOException {
        assertThat(Table.of(rows)).isEqualTo(Files.readString(home.resolve(Smoke.EXPECTED)));
    }

    @Test
    void smokeFindsTheTableOnWhatIsRunning() {
        assertThat(Smoke.run(List.of("--url", run.policyUrl().toString(), "--home", home.toString())))
                .isZero();
    }

    /** The table of outcomes, by mode, verdict, guest and host profile. */
    private static String expected(Row row) {
        String mode = row.policy().mode();
        String verdict = row.policy().verdict();
        boolean otherMode = !mode.equals("HOST_ALL_MEMSLOTS");
        boolean rejects = verdict.equals("REJECT");
        if (row.hostProfile().equals(V10) && rejects) {
            return "UNPLACEABLE(VERDICT_UNAVAILABLE)";
        }
        if (row.hostProfile().equals(V14) && (otherMode || rejects)) {
            return "UNPLACEABLE(%s%s%s)"
                    .formatted(
                            otherMode ? "MODE_UNAVAILABLE" : "",
                            otherMode && rejects ? ", " : "",
                            rejects ? "VERDICT_UNAVAILABLE" : "");
        }
        boolean declares = DECLARING.contains(row.guest());
        boolean topIsDeclared =
                mode.equals("HOST_ALL_MEMSLOTS") || row.policy().name().equals("deployer-declares-ends");
        if (!topIsDeclared && !declares) {
            return FAULTED;
        }
        if (row.guest().equals("UNAWARE")) {
            return BOOTED;
        }
        return switch (verdict) {
            case "REJECT" -> REJECTED;
            case "WITHHOLD" -> WITHHELD;
            default -> BOOTED;
        };
    }

    @Test
    void onRmm2_0TheMeasurementDependsOnTheImageAndNotOnWhoDeclaresTheMemory() {
        Map<String, Set<String>> rims = rows.stream()
                .filter(row -> !row.rim().isEmpty() && !row.hostProfile().equals(V10))
                .collect(Collectors.groupingBy(Row::guest, Collectors.mapping(Row::rim, Collectors.toSet())));

        // Grants are bound through the RPV, which RMM 2.0 does not measure.
        assertThat(rims.values()).allSatisfy(rim -> assertThat(rim).hasSize(1));
        assertThat(rims.get("LINUX")).isEqualTo(rims.get("UNAWARE")).isNotEqualTo(rims.get("EDK2_LINUX"));
    }

    @Test
    void onRmm1_0TheMeasurementDependsOnWhatTheHostDeclares() {
        Map<String, Map<String, Set<String>>> rims = rows.stream()
                .filter(row -> !row.rim().isEmpty() && row.hostProfile().equals(V10))
                .collect(Collectors.groupingBy(
                        Row::guest,
                        Collectors.groupingBy(
                                row -> row.policy().name().replaceFirst("-(withhold|reject)$", ""),
                                Collectors.mapping(Row::rim, Collectors.toSet()))));

        assertThat(rims).hasSize(4);
        assertThat(rims.values()).allSatisfy(byDeclaration -> {
            // The run-time verdict is not measured, and the three modes and two sets of ranges all differ.
            assertThat(byDeclaration.values()).allSatisfy(rim -> assertThat(rim).hasSize(1));
            assertThat(byDeclaration.values()).doesNotHaveDuplicates();
        });
    }

    @Test
    void everyLaunchHadTheMeasurementThatWasForecast() {
        JsonNode realms = api.get("/v1/realms?pageSize=500").path("realms");

        assertThat(realms).hasSize(rows.size()).allSatisfy(realm -> {
            JsonNode status = realm.path("status");
            if (status.has("rim")) {
                assertThat(status.path("forecast").path("rim")).isEqualTo(status.path("rim"));
            }
        });
    }

    @Test
    void aStalledRealmHadBeenWarnedOf() {
        JsonNode status =
                api.get("/v1/realms/host-declares-reject-linux-init-ripas").path("status");
        JsonNode decision = api.get("/v1/decisions/" + status.path("decisionId").asString());

        assertThat(decision.toString()).contains("VERDICT_STOPS_GUEST");
    }

    /** The RMM generations, and a host that can name the grant in the token and one that cannot. */
    @ParameterizedTest
    @ValueSource(strings = {"v14", "init-ripas", "v10"})
    void aRealmThatBootedIsAttested(String host) {
        String realm = "/v1/realms/host-declares-linux-" + host;

        JsonNode attestation = api.post(realm + "/attestations", Map.of()).body();

        assertThat(attestation.path("appraisal").path("status").asString())
                .as(attestation.toString())
                .isEqualTo("affirming");
        assertThat(attestation.path("simulated").asBoolean()).isTrue();
        assertThat(api.get(realm).path("status").path("conditions").toString()).contains("ATTESTED");
    }

    @Test
    void aGuestThatDeclaresIsServedInTheTrace() {
        String trace = api.text("/v1/realms/guest-declares-linux-early-rsi-init-ripas/trace");

        assertThat(trace).contains("\"RMI_RTT_SET_RIPAS\"").doesNotContain("\"RMI_RTT_INIT_RIPAS\"");
    }

    @Test
    void theTableOfMetricsIsWhatBothServicesExport() {
        api.post("/v1/realms/host-declares-linux-v14/attestations", Map.of());
        Set<String> exported = new TreeSet<>(Scrape.ours(Scrape.exported(run.policyUrl())));
        exported.addAll(Scrape.ours(Scrape.exported(run.agentUrl())));

        assertThat(exported).isEqualTo(Scrape.documented(Path.of("../../docs/observability.md")));
    }

    @Test
    void everyMetricThatTheDashboardAndTheRulesAskForIsExported() {
        api.post("/v1/realms/host-declares-linux-v14/attestations", Map.of());
        Set<String> exported = new TreeSet<>(Scrape.exported(run.policyUrl()));
        exported.addAll(Scrape.exported(run.agentUrl()));
        Path files = Path.of("../observability");
        Set<String> asked = new TreeSet<>();
        for (String file : List.of(
                "grafana/dashboards/realmwright.json",
                "prometheus/rules/alerts.yml",
                "prometheus/rules/recording.yml")) {
            Set<String> inFile = Scrape.askedFor(files.resolve(file));
            assertThat(inFile).as(file).isNotEmpty();
            asked.addAll(inFile);
        }

        assertThat(exported).containsAll(asked);
    }
}
