package io.realmwright.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of metrics: those that a service exports, and those that a file asks for. */
final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)[{ ]", Pattern.MULTILINE);
    /** What has a colon before or after it is a recording rule, or part of one. */
    private static final Pattern ASKED = Pattern.compile(
            "(?<![:\\w])((?:realmwright|http_server|http_client|jvm|process|hikaricp|db_scheduler|tomcat|logback)_[a-z0-9_]+)"
                    + "(?![:\\w])");

    private static final Pattern DOCUMENTED = Pattern.compile("^\\| `(realmwright_[a-z_]+)` \\|", Pattern.MULTILINE);

    private Scrape() {}

    static Set<String> exported(URI service) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("/actuator/prometheus answered " + answer.statusCode());
            }
            return matches(SAMPLE, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Those of {@code names} that are ours, without what Prometheus' clients append for timers. */
    static Set<String> ours(Set<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("realmwright_"))
                .map(name -> name.replaceFirst("_(g?count|g?sum|max|bucket)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> askedFor(Path file) {
        return matches(ASKED, read(file));
    }

    static Set<String> documented(Path page) {
        return matches(DOCUMENTED, read(page));
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
