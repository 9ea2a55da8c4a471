package io.realmwright.hostagent.realm;

import io.realmwright.machine.host.Outcome;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A launch and the realm that came of it, as it is recorded.
 *
 * @param machine name of the machine
 * @param bootId the boot of the machine that it belongs to
 * @param steps the steps of the launch that were carried out, in order
 * @param rmiCalls RMI calls made for it so far, by command name
 * @param rim the initial measurement in hexadecimal digits, once it is ACTIVE
 * @param outcome how its run ended, once it did
 * @param failure why its launch failed, if it did
 * @param leakedGranules granules that the RMM did not give back
 */
public record Realm(
        UUID id,
        LaunchRequest request,
        String machine,
        UUID bootId,
        RealmState state,
        List<CompletedStep> steps,
        SortedMap<String, Long> rmiCalls,
        @Nullable String rim,
        @Nullable Outcome outcome,
        @Nullable LaunchFailure failure,
        long leakedGranules,
        Instant createdAt,
        Instant updatedAt) {
    public Realm {
        steps = List.copyOf(steps);
        rmiCalls = Collections.unmodifiableSortedMap(new TreeMap<>(rmiCalls));
    }
}
