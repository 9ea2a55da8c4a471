package io.realmwright.hostagent.machine;

import java.time.Duration;
import java.util.function.Consumer;

/** Lets time pass where a fault plan delays a call. */
@FunctionalInterface
public interface Sleeper extends Consumer<Duration> {}
