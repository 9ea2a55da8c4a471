package io.realmwright.hostagent;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a launch: a small realm on 16 MiB that runs LINUX_EARLY_RSI, unless a test says otherwise. */
record LaunchBody(
        String launchId,
        int vcpus,
        String memslots,
        String images,
        String guest,
        String ripasMode,
        String verdict,
        @Nullable String grant) {
    static final String RAM_BASE = "0x80000000";
    static final String RAM_SIZE = "0x1000000";

    /** 64 KiB of bytes that no rule makes: 251 is prime, so no two granules are equal. */
    static byte[] kernel() {
        var bytes = new byte[1 << 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        return bytes;
    }

    static LaunchBody of(Agent agent) {
        return new LaunchBody(
                UUID.randomUUID().toString(),
                1,
                "[{\"base\":\"%s\",\"size\":\"%s\"}]".formatted(RAM_BASE, RAM_SIZE),
                "[{\"digest\":\"%s\",\"ipa\":\"%s\"}]".formatted(agent.image(kernel()), RAM_BASE),
                "{\"profile\":\"LINUX_EARLY_RSI\"}",
                "{\"kind\":\"HOST_ALL_MEMSLOTS\"}",
                "{\"kind\":\"ACCEPT\"}",
                null);
    }

    LaunchBody launchId(String changed) {
        return new LaunchBody(changed, vcpus, memslots, images, guest, ripasMode, verdict, grant);
    }

    LaunchBody vcpus(int changed) {
        return new LaunchBody(launchId, changed, memslots, images, guest, ripasMode, verdict, grant);
    }

    LaunchBody memslots(String changed) {
        return new LaunchBody(launchId, vcpus, changed, images, guest, ripasMode, verdict, grant);
    }

    LaunchBody images(String changed) {
        return new LaunchBody(launchId, vcpus, memslots, changed, guest, ripasMode, verdict, grant);
    }

    LaunchBody guest(String changed) {
        return new LaunchBody(launchId, vcpus, memslots, images, changed, ripasMode, verdict, grant);
    }

    LaunchBody profile(String changed) {
        return guest("{\"profile\":\"" + changed + "\"}");
    }

    LaunchBody ripasMode(String changed) {
        return new LaunchBody(launchId, vcpus, memslots, images, guest, changed, verdict, grant);
    }

    LaunchBody verdict(String changed) {
        return new LaunchBody(launchId, vcpus, memslots, images, guest, ripasMode, changed, grant);
    }

    LaunchBody grant(String changed) {
        return new LaunchBody(launchId, vcpus, memslots, images, guest, ripasMode, verdict, changed);
    }

    String json() {
        return """
                {"launchId":"%s","name":"demo","spec":%s,"plan":%s%s}""".formatted(launchId, spec(), plan(), grant == null ? "" : ",\"grant\":\"" + grant + "\"");
    }

    String spec() {
        return "{\"memslots\":%s,\"vcpus\":%d,\"images\":%s,\"guest\":%s}".formatted(memslots, vcpus, images, guest);
    }

    String plan() {
        return "{\"ripasMode\":%s,\"verdict\":%s}".formatted(ripasMode, verdict);
    }
}
