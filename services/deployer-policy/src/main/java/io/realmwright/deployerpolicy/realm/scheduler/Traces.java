package io.realmwright.deployerpolicy.realm.scheduler;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.realmwright.deployerpolicy.realm.RealmTraces;
import io.realmwright.deployerpolicy.realm.RealmWorker;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Each visit to a realm is a trace of its own, which may come long after the request that asked for it; a link leads back
 * to that.
 */
@Component
class Traces {
    private static final String REALM_ID = "realmId";
    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-01");

    private final RealmTraces traces;
    private final Tracer tracer;

    /** Whether spans go anywhere: without an exporter nothing is stored for their sake. */
    private final boolean areExported;

    Traces(RealmTraces traces, ObjectProvider<Tracer> tracer, ObjectProvider<SpanExporter> exporters) {
        this.traces = traces;
        this.tracer = tracer.getIfAvailable(() -> Tracer.NOOP);
        this.areExported = exporters.stream().findAny().isPresent();
    }

    /** Remembers the present trace as the one that asks for work on a realm. */
    void remember(UUID realm) {
        Span span = tracer.currentSpan();
        if (areExported && span != null && Boolean.TRUE.equals(span.context().sampled())) {
            TraceContext context = span.context();
            traces.remember(realm, "00-" + context.traceId() + "-" + context.spanId() + "-01");
        }
    }

    RealmWorker.Visit visit(RealmWorker worker, UUID realm) {
        Span.Builder builder = tracer.spanBuilder().setNoParent().name("reconcile realm");
        builder.tag("realmwright.realmId", realm.toString());
        if (areExported) {
            origin(realm).ifPresent(builder::addLink);
        }
        Span span = builder.start();
        MDC.put(REALM_ID, realm.toString());
        try (var _ = tracer.withSpan(span)) {
            return worker.visit(realm);
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            MDC.remove(REALM_ID);
            span.end();
        }
    }

    private Optional<Link> origin(UUID realm) {
        return traces.find(realm)
                .map(TRACEPARENT::matcher)
                .filter(Matcher::matches)
                .map(this::link);
    }

    private Link link(Matcher traceparent) {
        return new Link(tracer.traceContextBuilder()
                .traceId(traceparent.group(1))
                .spanId(traceparent.group(2))
                .sampled(true)
                .build());
    }
}
