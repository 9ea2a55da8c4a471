package io.realmwright.deployerpolicy.idempotency;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An answer as it was given.
 *
 * @param requestDigest of the request that it answered
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record Answer(String requestDigest, int status, SortedMap<String, String> headers, byte[] body) {
    public Answer {
        headers = new TreeMap<>(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }
}
