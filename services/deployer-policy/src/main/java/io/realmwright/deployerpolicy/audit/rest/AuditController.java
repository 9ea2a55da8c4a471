package io.realmwright.deployerpolicy.audit.rest;

import io.realmwright.deployerpolicy.audit.AuditChain;
import io.realmwright.deployerpolicy.audit.AuditEntry;
import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.audit.AuditStore;
import io.realmwright.deployerpolicy.audit.Auditing;
import io.realmwright.deployerpolicy.audit.json.AuditLine;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.rest.JsonLines;
import io.realmwright.deployerpolicy.rest.Paging;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/audit")
class AuditController {
    private final Auditing auditing;
    private final Json json;

    AuditController(Auditing auditing, Json json) {
        this.auditing = auditing;
        this.json = json;
    }

    record AuditPage(List<AuditLine> entries, @Nullable String nextPageToken) {}

    @GetMapping
    AuditPage list(
            @RequestParam @Nullable String event,
            @RequestParam @Nullable String subject,
            @RequestParam @Nullable Integer pageSize,
            @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        var fields = new Fields();
        Optional<AuditEvent> wanted =
                event == null ? Optional.empty() : Optional.of(fields.constant("event", event, AuditEvent.class));
        if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
            fields.reject("subject", "has no control characters");
        }
        fields.throwIfAny();
        var filter = new AuditStore.Filter(wanted, Optional.ofNullable(subject));
        var read = auditing.list(filter, paging.afterNumber(), paging.limit());
        var page = paging.page(read, AuditLine::of, entry -> Long.toString(entry.position()));
        return new AuditPage(page.elements(), page.nextPageToken());
    }

    @GetMapping("/export")
    void export(@RequestParam(defaultValue = "0") long after, HttpServletResponse response) {
        var fields = new Fields();
        if (after < 0) {
            fields.reject("after", "is not negative");
        }
        fields.throwIfAny();
        var lines = new JsonLines(response, json);
        auditing.export(after, entry -> lines.write(AuditLine.of(entry)));
        lines.flush();
    }

    @GetMapping("/verify")
    AuditChain.Report verify(@RequestParam @Nullable String head) {
        var fields = new Fields();
        Optional<AuditEntry.Head> noted = head == null ? Optional.empty() : AuditChain.parseHead(head);
        if (head != null && noted.isEmpty()) {
            fields.reject("head", "is written position:hash, as an earlier answer gave them");
        }
        fields.throwIfAny();
        return auditing.verify(noted);
    }
}
