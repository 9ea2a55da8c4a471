package io.realmwright.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart as it is rendered with a file of values. */
final class Chart {
    static final Path DIRECTORY = Path.of("../../helm/realmwright");
    static final Path TEST_CLUSTER = DIRECTORY.resolve("ci/test-cluster-values.yaml");
    static final Path PRODUCTION = DIRECTORY.resolve("ci/production-values.yaml");
    static final Path GATEWAY = DIRECTORY.resolve("ci/gateway-values.yaml");
    static final List<Path> ALL_VALUES = List.of(TEST_CLUSTER, PRODUCTION, GATEWAY);

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final List<HasMetadata> objects;

    private Chart(List<HasMetadata> objects) {
        this.objects = objects;
    }

    /**
     * Renders a chart.
     *
     * @param values a file, or none if empty
     * @param settings such as {@code auth.anonymous}, {@code true}
     * @throws IllegalStateException with Helm's words if it refuses
     */
    static String render(Path directory, String release, List<Path> values, Map<String, String> settings) {
        TemplateCommand command =
                new Helm(directory).template().withName(release).withNamespace("realms");
        values.forEach(command::withValuesFile);
        settings.forEach(command::set);
        return command.call();
    }

    static Chart with(Path values) {
        return of(render(DIRECTORY, "rw", List.of(values), Map.of()));
    }

    static Chart of(String rendered) {
        return new Chart(documents(rendered)
                .map(document -> (HasMetadata) YAML.unmarshal(document))
                .toList());
    }

    private static Stream<String> documents(String rendered) {
        return Arrays.stream(rendered.split("(?m)^---\\s*$", -1))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")));
    }

    List<HasMetadata> objects() {
        return objects;
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The only object of this kind whose name ends so. */
    <T extends HasMetadata> T one(Class<T> kind, String ending) {
        List<T> found = all(kind).stream()
                .filter(object -> object.getMetadata().getName().endsWith(ending))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects of kind " + kind.getSimpleName() + " end with " + ending);
        }
        return found.getFirst();
    }
}
