package io.realmwright.deployerpolicy.event.rest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Metrics;
import io.realmwright.deployerpolicy.event.Event;
import io.realmwright.deployerpolicy.event.EventFeed;
import io.realmwright.deployerpolicy.event.EventFeed.Reading;
import io.realmwright.deployerpolicy.event.EventProperties;
import io.realmwright.deployerpolicy.event.EventStore;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Json;
import io.realmwright.deployerpolicy.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The stream of events. Each reader has a virtual thread that writes as fast as the reader reads; a slow one lags behind
 * and holds up nobody.
 */
@RestController
class EventController {
    private static final String ID = "[0-9]{1,18}";
    private static final int TEXTS_MAX = 1_000;

    private final EventFeed feed;
    private final EventProperties properties;
    private final Json json;
    private final AtomicInteger readers = new AtomicInteger();

    /** The latest events in words, by id: all readers get the same. */
    private final Cache<Long, String> texts =
            Caffeine.newBuilder().maximumSize(TEXTS_MAX).build();

    EventController(EventFeed feed, EventProperties properties, Json json) {
        this.feed = feed;
        this.properties = properties;
        this.json = json;
        Metrics.gauge("realmwright.event.stream.clients", readers);
    }

    /** An event as its reader sees it; the id is that of the server-sent event too. */
    record EventBody(
            long id,
            Happening.Subject subject,
            String name,
            Happening.Change change,
            String state,
            @Nullable String reason,
            long version,
            Instant at) {
        static EventBody of(Event event) {
            Happening happening = event.happening();
            return new EventBody(
                    event.id(),
                    happening.subject(),
                    happening.name(),
                    happening.change(),
                    happening.state(),
                    happening.reason().orElse(null),
                    happening.version(),
                    happening.at());
        }
    }

    @GetMapping("/v1/events")
    void events(
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @RequestParam @Nullable String after,
            @RequestParam @Nullable String subject,
            HttpServletResponse response)
            throws IOException {
        var fields = new Fields();
        Optional<Happening.Subject> wanted = subject == null
                ? Optional.empty()
                : Optional.of(fields.constant("subject", subject, Happening.Subject.class));
        EventStore.Bounds bounds = feed.bounds();
        long position = lastEventId == null
                ? position(fields, "after", after, bounds.last())
                : position(fields, "Last-Event-ID", lastEventId, bounds.last());
        fields.throwIfAny();
        if (position < bounds.compactedTo() || position > bounds.last()) {
            throw Problem.EVENTS_COMPACTED.because(
                    "Events are kept from id " + (bounds.compactedTo() + 1) + " to " + bounds.last()
                            + ": read the state anew and go on from there.",
                    Map.of("first", bounds.compactedTo() + 1, "last", bounds.last()));
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        readers.incrementAndGet();
        try {
            write(position, wanted, response.getOutputStream());
        } finally {
            readers.decrementAndGet();
        }
    }

    private static long position(Fields fields, String field, @Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (!text.matches(ID)) {
            fields.reject(field, "is the id of an event");
            return otherwise;
        }
        return Long.parseLong(text);
    }

    /** Writes until the reader goes away, which the container tells by an {@link IOException}. */
    private void write(long start, Optional<Happening.Subject> wanted, OutputStream out) throws IOException {
        long position = start;
        out.write((": from " + (position + 1) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        while (feed.read(position, properties.keepAlive()) instanceof Reading.Events(var events)) {
            StringBuilder text = text(events, wanted);
            out.write((text.isEmpty() ? ": nothing new\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
            out.flush();
            position = events.isEmpty() ? position : events.getLast().id();
        }
    }

    private StringBuilder text(List<Event> events, Optional<Happening.Subject> wanted) {
        var text = new StringBuilder();
        for (Event event : events) {
            if (wanted.isEmpty() || wanted.get() == event.happening().subject()) {
                text.append(texts.get(event.id(), id -> text(event)));
            }
        }
        return text;
    }

    private String text(Event event) {
        return "id: %d\nevent: %s\ndata: %s\n\n"
                .formatted(event.id(), event.happening().subject(), json.write(EventBody.of(event)));
    }
}
