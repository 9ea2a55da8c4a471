package io.realmwright.hostagent.realm.rest;

import io.realmwright.hostagent.json.InvalidFieldsException;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Query parameters about pages, read as strictly as bodies. */
final class Paging {
    private Paging() {}

    /** @throws InvalidFieldsException if {@code text} is not a whole number from {@code min} to {@code max} */
    static long number(String name, @Nullable String text, long min, long max, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw new InvalidFieldsException(name, "must be a whole number from " + min + " to " + max);
    }

    /** A position as a token that says nothing to its holder. */
    static String token(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    /** @throws InvalidFieldsException if {@code token} is none of ours */
    static long position(@Nullable String token) {
        if (token == null) {
            return 0;
        }
        try {
            byte[] position = Base64.getUrlDecoder().decode(token);
            if (position.length == Long.BYTES) {
                return ByteBuffer.wrap(position).getLong();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new InvalidFieldsException("pageToken", "must be the nextPageToken of an earlier answer");
    }
}
