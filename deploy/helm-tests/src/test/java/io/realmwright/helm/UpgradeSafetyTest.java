package io.realmwright.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.util.FileSystemUtils;

/**
 * What Kubernetes refuses to change in an object that is there, and what holds data, is the same as in the release before.
 * {@code -Dchart.baseline=write} renders that anew, which is done when a release is made.
 */
class UpgradeSafetyTest {
    private static final Path BASELINE = Path.of("src/test/resources/releases/0.1.0");

    @ParameterizedTest
    @FieldSource("io.realmwright.helm.Chart#ALL_VALUES")
    @DisplayName(
            "An upgrade from the release before changes nothing that cannot be changed, and drops nothing that holds data")
    void anUpgradeIsSafe(Path values) throws IOException {
        String rendered = Chart.render(Chart.DIRECTORY, "rw", List.of(values), Map.of());
        Path before = BASELINE.resolve(values.getFileName());
        if ("write".equals(System.getProperty("chart.baseline"))) {
            Files.createDirectories(BASELINE);
            Files.writeString(before, rendered);
        }

        assertThat(changes(Chart.of(Files.readString(before)), Chart.of(rendered)))
                .isEmpty();
    }

    @Test
    @DisplayName("Another selector, another name of what holds data, and another claim are all noticed")
    void unsafeChangesAreNoticed(@TempDir Path directory) throws IOException {
        Chart present = Chart.with(Chart.TEST_CLUSTER);
        FileSystemUtils.copyRecursively(Chart.DIRECTORY, directory);
        edit(directory.resolve("templates/_helpers.tpl"), "app.kubernetes.io/component:", "component:");
        edit(directory.resolve("templates/postgresql.yaml"), "name: data\n", "name: files\n");
        Chart changed = Chart.of(Chart.render(directory, "rw", List.of(Chart.TEST_CLUSTER), Map.of()));
        Chart renamed = Chart.of(Chart.render(
                Chart.DIRECTORY,
                "rw",
                List.of(Chart.TEST_CLUSTER),
                Map.of(
                        "postgresql.bundled",
                        "false",
                        "database.host",
                        "elsewhere",
                        "database.existingSecret",
                        "database")));

        assertThat(changes(present, changed))
                .containsKeys(
                        "Deployment/rw-deployer-policy selector",
                        "StatefulSet/rw-host-agent selector",
                        "StatefulSet/rw-postgresql volumeClaimTemplates");
        assertThat(changes(present, renamed)).containsKey("StatefulSet/rw-postgresql");
    }

    private static void edit(Path file, String text, String other) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, other));
    }

    /** What an upgrade would have to change and cannot, with what it was and would be. */
    private static Map<String, String> changes(Chart before, Chart after) {
        var changes = new TreeMap<String, String>();
        for (HasMetadata object : before.objects()) {
            String name = object.getKind() + "/" + object.getMetadata().getName();
            after.objects().stream()
                    .filter(other -> other.getKind().equals(object.getKind())
                            && other.getMetadata()
                                    .getName()
                                    .equals(object.getMetadata().getName()))
                    .findFirst()
                    .ifPresentOrElse(
                            other -> fixed(object).forEach((field, value) -> {
                                String now = fixed(other).get(field);
                                if (!value.equals(now)) {
                                    changes.put(name + " " + field, value + " → " + now);
                                }
                            }),
                            () -> {
                                if (object instanceof StatefulSet) {
                                    changes.put(name, "is gone, and its claims are orphaned");
                                }
                            });
        }
        return changes;
    }

    /** The fields of an object that stay as they were created. */
    private static Map<String, String> fixed(HasMetadata object) {
        return switch (object) {
            case Deployment deployment ->
                Map.of("selector", String.valueOf(deployment.getSpec().getSelector()));
            case StatefulSet set ->
                Map.of(
                        "selector", String.valueOf(set.getSpec().getSelector()),
                        "serviceName", String.valueOf(set.getSpec().getServiceName()),
                        "podManagementPolicy", String.valueOf(set.getSpec().getPodManagementPolicy()),
                        "volumeClaimTemplates", String.valueOf(set.getSpec().getVolumeClaimTemplates()));
            case Service service ->
                Map.of("clusterIP", String.valueOf(service.getSpec().getClusterIP()));
            default -> Map.of();
        };
    }
}
