package io.realmwright.deployerpolicy.realm.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;

/**
 * Documents that many rows have in common: the realms of one workload have equal specs, plans and forecasts. Each text is
 * read once for as long as it is used, and rows with equal texts share what was read, which nobody can change.
 *
 * @param <T> what a text is read as
 */
final class CommonDocuments<T> {
    private static final int CHARACTERS_MAX = 4 << 20;

    private final Function<String, T> reader;
    private final Cache<String, T> known = Caffeine.newBuilder()
            .maximumWeight(CHARACTERS_MAX)
            .weigher((String text, T document) -> text.length())
            .build();

    CommonDocuments(Function<String, T> reader) {
        this.reader = reader;
    }

    T read(String text) {
        return known.get(text, reader);
    }
}
