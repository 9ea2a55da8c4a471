package io.realmwright.bench;

import io.realmwright.processes.Progress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how long to measure.
 *
 * @param home the project's directory
 * @param length of each measurement
 * @param scale how large a fleet to measure, 1 for the goals
 */
record Setting(Path home, Duration length, double scale, Progress progress) {
    /** Databases and logs of a benchmark. */
    Path directory(String benchmark) {
        return home.resolve("target/bench/" + benchmark);
    }
}
