package io.realmwright.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Helm against a fake API: what it asks for, not what a cluster would make of it. */
@Timeout(120)
class ReleaseTest {
    @Test
    @DisplayName("A release is installed, listed, upgraded and uninstalled, and leaves nothing behind")
    void aReleasesLife(@TempDir Path directory) throws IOException {
        try (var cluster = new FakeCluster()) {
            Path access = Files.writeString(directory.resolve("kubeconfig"), cluster.kubeConfig());
            List<String> objects =
                    Chart.of(Chart.render(Chart.DIRECTORY, "rw", List.of(Chart.TEST_CLUSTER), Map.of()))
                            .objects()
                            .stream()
                            .map(ReleaseTest::name)
                            .sorted()
                            .toList();

            Release installed = new Helm(Chart.DIRECTORY)
                    .install()
                    .withName("rw")
                    .withNamespace("realms")
                    .withValuesFile(Chart.TEST_CLUSTER)
                    .disableOpenApiValidation()
                    .withKubeConfig(access)
                    .call();
            assertThat(installed.getStatus()).isEqualTo("deployed");
            assertThat(cluster.contents()).isEqualTo(objects);
            assertThat(releases(access)).containsExactly("rw 1 deployed");

            new Helm(Chart.DIRECTORY)
                    .upgrade()
                    .withName("rw")
                    .withNamespace("realms")
                    .withValuesFile(Chart.TEST_CLUSTER)
                    .set("deployerPolicy.replicas", 5)
                    .disableOpenApiValidation()
                    .withKubeConfig(access)
                    .call();
            assertThat(cluster.object("Deployment", "rw-deployer-policy")
                            .at("/spec/replicas")
                            .asInt())
                    .isEqualTo(5);
            assertThat(cluster.contents()).isEqualTo(objects);
            assertThat(releases(access)).containsExactly("rw 2 deployed");

            Helm.uninstall("rw").withNamespace("realms").withKubeConfig(access).call();
            assertThat(cluster.contents()).isEmpty();
            assertThat(releases(access)).isEmpty();
        }
    }

    private static String name(HasMetadata object) {
        return object.getKind() + "/" + object.getMetadata().getName();
    }

    private static List<String> releases(Path access) {
        return Helm.list().withNamespace("realms").withKubeConfig(access).call().stream()
                .map(release -> release.getName() + " " + release.getRevision() + " " + release.getStatus())
                .toList();
    }
}
