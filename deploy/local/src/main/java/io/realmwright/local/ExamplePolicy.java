package io.realmwright.local;

import tools.jackson.databind.JsonNode;

/** A policy of {@code deploy/examples/policies}, each of which stands for one RIPAS mode and one run-time verdict. */
record ExamplePolicy(String name, JsonNode document) {
    static ExamplePolicy of(JsonNode document) {
        return new ExamplePolicy(document.path("name").asString(), document);
    }

    String mode() {
        return effect().path("ripasMode").path("kind").asString();
    }

    String verdict() {
        return effect().path("verdict").path("kind").asString();
    }

    private JsonNode effect() {
        return document.path("rules").path(0).path("effect");
    }
}
