package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.TraceChunk;
import java.time.Instant;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What the machine did for a realm.
 *
 * @param rmiCalls all RMI calls made for it so far, by command name
 * @param leakedGranules granules leaked by this work
 * @param trace the lines that its trace gained by this work
 */
public record Progress(
        UUID realmId, SortedMap<String, Long> rmiCalls, long leakedGranules, TraceChunk trace, Instant at) {}
