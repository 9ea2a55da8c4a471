package io.realmwright.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alert rules do what they say, by Prometheus' own tool. */
class AlertRulesTest {
    private static final Path PROMETHEUS = Path.of("../observability/prometheus");
    private static final Path SLO = Path.of("../../docs/slo.md");

    @Test
    void everyAlertFiresWhereItShouldAndNowhereElse() throws Exception {
        assertThat(promtool("test", "rules", "tests/alerts.yml")).contains("SUCCESS");
    }

    @Test
    void prometheusTakesTheConfiguration() throws Exception {
        assertThat(promtool("check", "config", "prometheus.yml"))
                .contains("SUCCESS")
                .doesNotContain("FAILED");
    }

    @Test
    void everyAlertIsTestedAndHasItsLinesInTheRunbook() throws Exception {
        String rules = Files.readString(PROMETHEUS.resolve("rules/alerts.yml"));
        var alerts = matches("alert: (\\w+)", rules);
        var pages = matches("runbook_url: docs/slo.md#([a-z-]+)", rules);

        assertThat(matches("alertname: (\\w+)", Files.readString(PROMETHEUS.resolve("tests/alerts.yml"))))
                .isEqualTo(alerts);
        assertThat(matches("(?m)^### ([a-z-]+)$", Files.readString(SLO))).isEqualTo(pages);
    }

    @Test
    void everyObjectiveHasAnAlert() throws Exception {
        var inPage = matches("(?m)^\\| ([a-z-]+) \\| [^|]*\\|[^|]*\\|", Files.readString(SLO));
        var inRules = matches("slo: ([a-z-]+)", Files.readString(PROMETHEUS.resolve("rules/alerts.yml")));

        assertThat(inRules).isEqualTo(inPage);
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String promtool(String... arguments) throws Exception {
        boolean isInstalled = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        assumeThat(isInstalled)
                .as("promtool is not installed (apt-get install prometheus): the alert rules were not tested")
                .isTrue();
        var process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .directory(PROMETHEUS.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
