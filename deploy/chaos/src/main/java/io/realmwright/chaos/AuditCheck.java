package io.realmwright.chaos;

import io.realmwright.processes.Api;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Has the audit trail verified, and remembers its head, so that an end that was cut off is seen the next time. */
final class AuditCheck {
    private String head = "";

    /** What is wrong with the trail; nothing if it is intact and still holds the head of the time before. */
    List<String> findings(Api policy) {
        JsonNode report = policy.get("/v1/audit/verify" + (head.isEmpty() ? "" : "?head=" + head));
        JsonNode last = report.path("head");
        if (last.path("position").asLong() > 0) {
            head = last.path("position").asLong() + ":" + last.path("hash").asString();
        }
        List<String> findings = new ArrayList<>();
        report.path("findings")
                .forEach(finding -> findings.add(finding.path("message").asString()));
        if (findings.isEmpty() && !report.path("intact").asBoolean()) {
            findings.add("not intact");
        }
        return findings;
    }
}
