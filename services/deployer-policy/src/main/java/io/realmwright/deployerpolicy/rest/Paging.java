package io.realmwright.deployerpolicy.rest;

import io.realmwright.deployerpolicy.json.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for.
 *
 * @param after the key after which the page begins, empty for the first page
 * @param size at most this many elements
 */
public record Paging(String after, int size) {
    private static final int SIZE_DEFAULT = 100;
    private static final int SIZE_MAX = 500;

    /** Reads what a client asked for; an impossible size or token is an {@code InvalidDocument}. */
    public static Paging of(@Nullable Integer pageSize, @Nullable String pageToken) {
        var fields = new Fields();
        int size = fields.integer("pageSize", pageSize, SIZE_DEFAULT, 1, SIZE_MAX);
        String after = pageToken == null ? "" : key(fields, pageToken);
        fields.throwIfAny();
        return new Paging(after, size);
    }

    private static String key(Fields fields, String pageToken) {
        try {
            return new String(Base64.getUrlDecoder().decode(pageToken), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            fields.reject("pageToken", "is the nextPageToken of an earlier answer");
            return "";
        }
    }

    /** The key where it is a number, 0 for the first page; a token of another list is an {@code InvalidDocument}. */
    public long afterNumber() {
        if (!after.isEmpty() && !after.matches("[0-9]{1,18}")) {
            var fields = new Fields();
            fields.reject("pageToken", "is the nextPageToken of an earlier answer");
            fields.throwIfAny();
        }
        return after.isEmpty() ? 0 : Long.parseLong(after);
    }

    /** How many elements to read: one more than a page shows whether there is another page. */
    public int limit() {
        return size + 1;
    }

    /** A page of what was read. */
    public record Page<T>(List<T> elements, @Nullable String nextPageToken) {}

    public <E, T> Page<T> page(List<E> read, Function<E, T> view, Function<E, String> key) {
        List<E> shown = read.subList(0, Math.min(size, read.size()));
        String next = read.size() > size ? token(key.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }

    private static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
