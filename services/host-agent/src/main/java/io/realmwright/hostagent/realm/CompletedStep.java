package io.realmwright.hostagent.realm;

import io.realmwright.machine.host.LaunchStep;
import java.time.Instant;

/**
 * A step of a launch that was carried out.
 *
 * @param rmiCalls number of RMI calls that it took
 */
public record CompletedStep(LaunchStep step, long rmiCalls, Instant completedAt) {}
