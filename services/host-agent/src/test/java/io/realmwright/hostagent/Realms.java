package io.realmwright.hostagent;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The realms of one machine, as whoever calls the agent sees them. */
record Realms(Agent agent, String on) {
    JsonNode launch(LaunchBody body) {
        return agent.post("/v1/machines/" + on + "/realms", body.json())
                .expect(201)
                .json();
    }

    JsonNode run(JsonNode realm) {
        return agent.post(path(realm) + "/run").expect(200).json();
    }

    /** The lines of the realm's trace. */
    List<String> trace(JsonNode realm) {
        return agent.get(path(realm) + "/trace?limit=10000")
                .expect(200)
                .body()
                .lines()
                .toList();
    }

    String state(JsonNode realm) {
        return agent.get(path(realm)).expect(200).json().path("state").stringValue();
    }

    JsonNode machine() {
        return agent.get("/v1/machines/" + on).expect(200).json();
    }

    static String path(JsonNode realm) {
        return "/v1/machines/" + realm.path("machine").stringValue() + "/realms/"
                + realm.path("id").stringValue();
    }
}
