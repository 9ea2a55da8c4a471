package io.realmwright.hostagent.realm;

import java.time.Duration;

/**
 * How much of a trace is kept, and for how long.
 *
 * @param sizeBytes per realm, counted before compression
 * @param retention counted from the realm's last change
 */
public record TraceLimits(long sizeBytes, Duration retention) {}
