package io.realmwright.deployerpolicy.json;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Documents as JSON text and back, for columns of the database and bodies of other services. */
@Component
public final class Json {
    private final JsonMapper mapper;

    Json(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Object document) {
        return mapper.writeValueAsString(document);
    }

    public @Nullable String writeNullable(@Nullable Object document) {
        return document == null ? null : write(document);
    }

    public <T> T read(String text, Class<T> type) {
        return mapper.readValue(text, type);
    }

    public <T> T read(String text, TypeReference<T> type) {
        return mapper.readValue(text, type);
    }

    public <T> @Nullable T readNullable(@Nullable String text, Class<T> type) {
        return text == null ? null : read(text, type);
    }
}
