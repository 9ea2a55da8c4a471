package io.realmwright.chaos;

import io.realmwright.processes.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Deployers who create realms and want this and that of them, and who keep asking until they get a clear answer. Each
 * realm belongs to one of them, so it is known what the last wish was.
 */
final class Load {
    private static final int ALIVE_MAX = 12;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final Subjects subjects;
    private final RandomGenerator random;
    private final String prefix;
    private final Map<String, Wanted> realms = new TreeMap<>();
    private int created;
    private volatile boolean isOver;

    /** What a deployer wanted last. */
    enum Wanted {
        RUN,
        STOP,
        DELETE
    }

    Load(Subjects subjects, RandomGenerator random, String prefix) {
        this.subjects = subjects;
        this.random = random;
        this.prefix = prefix;
    }

    void run() {
        while (!isOver) {
            List<String> alive = alive();
            if (alive.size() < ALIVE_MAX && random.nextInt(3) > 0) {
                create();
            } else if (!alive.isEmpty()) {
                wish(alive.get(random.nextInt(alive.size())));
            }
            Api.pause(Duration.ofMillis(random.nextInt(100)));
        }
    }

    /** No further wishes; one that has been begun is still made sure of. */
    void end() {
        isOver = true;
    }

    private List<String> alive() {
        var alive = new ArrayList<String>();
        realms.forEach((name, wanted) -> {
            if (wanted != Wanted.DELETE) {
                alive.add(name);
            }
        });
        return alive;
    }

    private void create() {
        String name = prefix + "-" + created++;
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "name",
                        name,
                        "policy",
                        Subjects.POLICY_NAME,
                        "labels",
                        Map.of("deployer", prefix),
                        "restartPolicy",
                        "ON_HOST_LOSS",
                        "spec",
                        spec()));
        realms.put(name, Wanted.RUN);
        insist("POST", "/v1/realms", body, 202);
    }

    private static Map<String, ?> spec() {
        return Map.of(
                "memslots", List.of(Map.of("base", "0x80000000", "size", "0x1000000")),
                "images", List.of(Map.of("generated", Map.of("seed", 7, "size", "0x10000"), "ipa", "0x80000000")),
                "guest", Map.of("profile", "LINUX_EARLY_RSI"));
    }

    private void wish(String name) {
        String realm = "/v1/realms/" + name;
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                realms.put(name, Wanted.STOP);
                insist("POST", realm + "/stop", "", 202);
            }
            case 2 -> {
                realms.put(name, Wanted.RUN);
                insist("POST", realm + "/start", "", 202);
            }
            case 3, 4 -> {
                realms.put(name, Wanted.RUN);
                insist("POST", realm + "/restart", "", 202);
            }
            default -> {
                realms.put(name, Wanted.DELETE);
                insist("DELETE", realm, "", 202, 404);
            }
        }
    }

    /** Asks one replica after the other, with the same key, until one gives a clear answer. */
    private void insist(String method, String path, String body, int... clear) {
        String key = new UUID(random.nextLong(), random.nextLong()).toString();
        for (int attempt = random.nextInt(2); ; attempt++) {
            try {
                int status = subjects.policyApi(attempt)
                        .send(method, path, body, "Idempotency-Key", key)
                        .status();
                for (int answer : clear) {
                    if (status == answer) {
                        return;
                    }
                }
            } catch (IOException e) {
                // nobody knows whether it was done
            }
            Api.pause(BETWEEN_TRIES);
        }
    }

    Map<String, Wanted> realms() {
        return realms;
    }
}
