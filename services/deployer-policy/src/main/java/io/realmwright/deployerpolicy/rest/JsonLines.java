package io.realmwright.deployerpolicy.rest;

import io.realmwright.deployerpolicy.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/**
 * An answer of JSON lines, written as fast as its reader reads and by the thread that makes them: a slow reader holds up
 * nobody else.
 */
public final class JsonLines {
    private final OutputStream out;
    private final Json json;

    /** Begins the answer. */
    public JsonLines(HttpServletResponse response, Json json) {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        this.json = json;
        try {
            this.out = new BufferedOutputStream(response.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(Object document) {
        try {
            out.write((json.write(document) + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the reader has gone", e);
        }
    }

    /** Hands what was written to the reader. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the reader has gone", e);
        }
    }
}
