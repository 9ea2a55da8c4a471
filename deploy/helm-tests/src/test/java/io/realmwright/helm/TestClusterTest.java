package io.realmwright.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/test-cluster} asks kubectl, helm and kind to do. There is no cluster here: programs that note it stand in. */
class TestClusterTest {
    private static final Path SCRIPT =
            Path.of("../test-cluster").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @BeforeEach
    void standIns() throws IOException {
        for (String program : List.of("kubectl", "helm", "kind")) {
            Path file = directory.resolve(program);
            // "get secret" finds one, so that no keys are made; everything else is noted and goes well.
            Files.writeString(file, """
                    #!/bin/bash
                    echo "%s $*" >>"%s/calls"
                    """.formatted(program, directory));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void withKubeconfigThatClusterIsUsedAndNoneIsMade() throws Exception {
        Run run = run(Map.of("KUBECONFIG", "/nowhere"), "up");

        assertThat(run.exit()).isZero();
        assertThat(run.calls()).containsExactly("kubectl version");
        assertThat(run.said()).contains("realmwright/deployer-policy:dev", "realmwright/host-agent:dev");
    }

    @Test
    void installPutsTheChartIntoARestrictedNamespaceAndWaits() throws Exception {
        Run run = run(Map.of("KUBECONFIG", "/nowhere"), "install");

        assertThat(run.exit()).as(run.said()).isZero();
        assertThat(run.calls())
                .contains(
                        "kubectl label --overwrite namespace realmwright pod-security.kubernetes.io/enforce=restricted",
                        "helm upgrade --install rw helm/realmwright --namespace realmwright"
                                + " --values helm/realmwright/ci/test-cluster-values.yaml --set image.tag=dev"
                                + " --set postgresql.image=local/postgres:18 --wait --timeout 10m")
                .noneMatch(call -> call.contains("create secret"));
    }

    @Test
    void testRunsTheChartsOwnAndDownLeavesTheClusterOfKubeconfig() throws Exception {
        Map<String, String> elsewhere = Map.of("KUBECONFIG", "/nowhere");

        assertThat(run(elsewhere, "test").calls())
                .containsExactly("helm test rw --namespace realmwright --logs --timeout 10m");
        assertThat(run(elsewhere, "down").calls())
                .contains("kubectl delete namespace realmwright --ignore-not-found")
                .noneMatch(call -> call.startsWith("kind"));
        assertThat(run(Map.of(), "down").calls()).contains("kind delete cluster --name realmwright");
    }

    @Test
    void aTypoIsToldAndDoesNothing() throws Exception {
        Run run = run(Map.of(), "instal");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.said()).contains("unknown command instal", "Usage:");
        assertThat(run.calls()).isEmpty();
    }

    private record Run(int exit, String said, List<String> calls) {}

    private Run run(Map<String, String> environment, String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(SCRIPT.toString(), command).redirectErrorStream(true);
        builder.environment().remove("KUBECONFIG");
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Path calls = directory.resolve("calls");
        return new Run(exit, said, Files.exists(calls) ? new ArrayList<>(Files.readAllLines(calls)) : List.of());
    }
}
