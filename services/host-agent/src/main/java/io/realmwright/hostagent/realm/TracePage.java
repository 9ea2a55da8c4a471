package io.realmwright.hostagent.realm;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * Some lines of a trace.
 *
 * @param nextOffset where the next page begins, empty if there are no more lines yet
 */
public record TracePage(List<String> lines, OptionalLong nextOffset) {
    static TracePage of(byte[] gzip, long offset, int limit) {
        if (gzip.length == 0) {
            return new TracePage(List.of(), OptionalLong.empty());
        }
        try (var reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(gzip)), StandardCharsets.UTF_8))) {
            var lines = reader.lines().skip(offset).limit(limit).toList();
            boolean more = reader.readLine() != null;
            return new TracePage(lines, more ? OptionalLong.of(offset + lines.size()) : OptionalLong.empty());
        } catch (IOException e) {
            throw new UncheckedIOException("a trace that we compressed does not decompress", e);
        }
    }
}
