package io.realmwright.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What deployer-policy is to know of the simulated platforms. A platform's maker publishes it; here the agent does, and
 * whoever starts both believes it.
 */
final class Endorsements {
    private Endorsements() {}

    static void write(URI agent, List<String> machines, Path file) {
        var api = new Api(agent);
        List<JsonNode> platforms = machines.stream()
                .map(machine -> api.get("/v1/machines/" + machine + "/endorsement"))
                .toList();
        try {
            Files.writeString(file, JsonMapper.shared().writeValueAsString(Map.of("platforms", platforms)));
        } catch (IOException e) {
            throw new LocalRunException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
