package io.realmwright.deployerpolicy.quota.rest;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.problem.Problem;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaUsage;
import io.realmwright.deployerpolicy.quota.Quotas;
import io.realmwright.deployerpolicy.quota.Quotas.Change;
import io.realmwright.deployerpolicy.rest.Paging;
import io.realmwright.deployerpolicy.rest.Versions;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/quotas")
class QuotaController {
    private final Quotas quotas;
    private final QuotaUsage usage;

    QuotaController(Quotas quotas, QuotaUsage usage) {
        this.quotas = quotas;
        this.usage = usage;
    }

    record Label(@Nullable String key, @Nullable String value) {}

    record NewQuota(
            @Nullable Label label,
            @Nullable Long realmsMax,
            @Nullable Long granulesMax) {
        Quotas.Limits read(Fields fields) {
            Label named = label == null ? new Label(null, null) : label;
            var limits = new Quotas.Limits(
                    fields.required("label.key", named.key(), ""),
                    fields.required("label.value", named.value(), ""),
                    limit(fields, "realmsMax", realmsMax),
                    limit(fields, "granulesMax", granulesMax));
            if (realmsMax == null && granulesMax == null) {
                fields.reject("realmsMax", "or granulesMax is required");
            }
            return limits;
        }

        private static OptionalLong limit(Fields fields, String field, @Nullable Long value) {
            if (value != null && value < 0) {
                fields.reject(field, "is not negative");
            }
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }
    }

    record QuotaBody(
            String name,
            Label label,
            @Nullable Long realmsMax,
            @Nullable Long granulesMax,
            Quota.Usage used,
            Instant createdAt,
            Instant updatedAt) {}

    record QuotaList(List<QuotaBody> quotas, @Nullable String nextPageToken) {}

    @PutMapping("/{name}")
    ResponseEntity<QuotaBody> set(
            @PathVariable String name,
            @RequestBody NewQuota body,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var fields = new Fields();
        fields.name("name", name);
        Quotas.Limits limits = body.read(fields);
        fields.throwIfAny();
        return answer(quotas.set(name, limits, Versions.optional(ifMatch)));
    }

    @GetMapping
    QuotaList list(@RequestParam @Nullable Integer pageSize, @RequestParam @Nullable String pageToken) {
        var paging = Paging.of(pageSize, pageToken);
        var page = paging.page(quotas.list(paging.after(), paging.limit()), this::body, Quota::name);
        return new QuotaList(page.elements(), page.nextPageToken());
    }

    @GetMapping("/{name}")
    ResponseEntity<QuotaBody> get(@PathVariable String name) {
        Quota quota = quotas.find(name).orElseThrow(() -> unknown(name));
        return ResponseEntity.ok().eTag(Versions.etag(quota.version())).body(body(quota));
    }

    @DeleteMapping("/{name}")
    ResponseEntity<QuotaBody> remove(
            @PathVariable String name,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        return answer(quotas.remove(name, Versions.optional(ifMatch)));
    }

    private ResponseEntity<QuotaBody> answer(Change change) {
        return switch (change) {
            case Change.Done(var quota, var created) -> {
                var answer = created
                        ? ResponseEntity.created(URI.create("/v1/quotas/" + quota.name()))
                        : ResponseEntity.ok();
                yield answer.eTag(Versions.etag(quota.version())).body(body(quota));
            }
            case Change.UnknownQuota(var name) -> throw unknown(name);
            case Change.ChangedMeanwhile(var name) -> throw Versions.changed("Quota", name);
        };
    }

    private QuotaBody body(Quota quota) {
        return new QuotaBody(
                quota.name(),
                new Label(quota.labelKey(), quota.labelValue()),
                quota.realmsMax().isPresent() ? quota.realmsMax().getAsLong() : null,
                quota.granulesMax().isPresent() ? quota.granulesMax().getAsLong() : null,
                usage.of(quota.labelKey(), quota.labelValue()),
                quota.createdAt(),
                quota.updatedAt());
    }

    private static ErrorResponseException unknown(String name) {
        return Problem.NOT_FOUND.because("There is no quota " + name + ".");
    }
}
