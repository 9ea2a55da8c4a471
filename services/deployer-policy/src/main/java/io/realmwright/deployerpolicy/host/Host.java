package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.label.Labels;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host that realms can be placed on: one machine of one agent.
 *
 * @param agentName the name by which the agent expects to be addressed in a grant
 * @param cordoned whether no further realm goes there
 */
public record Host(
        String name,
        Address address,
        String agentName,
        Labels labels,
        Origin origin,
        boolean cordoned,
        Status status,
        Instant createdAt,
        Instant updatedAt) {

    /** Where to reach it: the agent's base URL, and which of its machines. */
    public record Address(URI agentUrl, String machine) {}

    /** Who registered it. */
    public enum Origin {
        API,
        /** The service's configuration, and only that can change or remove it. */
        CONFIGURATION
    }

    /**
     * What is known about it.
     *
     * @param message for people, one sentence
     * @param report what its agent said last, null if it never did
     * @param polledAt when it was asked last, null if never
     * @param since since when the reason is what it is
     */
    public record Status(
            Reason reason,
            String message,
            @Nullable MachineReport report,
            @Nullable Instant polledAt,
            Instant since) {
        public boolean isReady() {
            return reason == Reason.POLLED;
        }
    }

    /** Why a host is ready or not. */
    public enum Reason {
        /** The agent answered: the host is ready. */
        POLLED,
        NOT_POLLED_YET,
        UNREACHABLE,
        TIMED_OUT,
        /** The agent has no machine of that name. */
        UNKNOWN_MACHINE,
        /** The agent names a host profile that this service does not know. */
        UNKNOWN_PROFILE,
        /** The agent answered with an error or something that its contract does not allow. */
        BAD_ANSWER
    }

    static Host registered(String name, Address address, String agentName, Labels labels, Origin origin, Instant now) {
        var status = new Status(Reason.NOT_POLLED_YET, "The host was not asked yet.", null, null, now);
        return new Host(name, address, agentName, labels, origin, false, status, now, now);
    }

    /** The same host registered anew. At a new address everything known about the old one is forgotten. */
    Host registeredAnew(Host registration, Instant now) {
        return new Host(
                name,
                registration.address,
                registration.agentName,
                registration.labels,
                registration.origin,
                cordoned,
                address.equals(registration.address) ? status : registration.status,
                createdAt,
                now);
    }

    Host cordoned(boolean cordon, Instant now) {
        return new Host(name, address, agentName, labels, origin, cordon, status, createdAt, now);
    }

    Host with(Status newStatus) {
        return new Host(name, address, agentName, labels, origin, cordoned, newStatus, createdAt, updatedAt);
    }

    public Optional<MachineReport> report() {
        return Optional.ofNullable(status.report());
    }
}
