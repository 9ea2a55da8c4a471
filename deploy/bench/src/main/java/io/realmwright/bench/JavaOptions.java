package io.realmwright.bench;

import java.util.List;

/** How the services are run while they are measured: as their images run them, but for the heap. */
final class JavaOptions {
    private JavaOptions() {}

    /** @param size such as {@code 1g} */
    static List<String> heap(String size) {
        return List.of("-Xmx" + size, "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages");
    }
}
