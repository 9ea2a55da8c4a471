package io.realmwright.local;

import io.realmwright.processes.LocalRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policies and realms that come with the project, in {@code deploy/examples}. */
final class Examples {
    private final Path directory;

    Examples(Path home) {
        this.directory = home.resolve("deploy/examples");
    }

    /** In the order of their file names. */
    List<ExamplePolicy> policies() {
        return read("policies").stream().map(ExamplePolicy::of).toList();
    }

    /** Realm requests, one for each guest profile, in the order of their file names. */
    List<JsonNode> realms() {
        return read("realms");
    }

    private List<JsonNode> read(String kind) {
        try (Stream<Path> files = Files.list(directory.resolve(kind))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> JsonMapper.shared().readTree(file))
                    .toList();
        } catch (IOException e) {
            throw new LocalRunException("cannot read the examples in " + directory.resolve(kind), e);
        }
    }
}
