package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.label.Labels;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host that realms can be placed on: one machine of one agent.
 *
 * @param scheduling what an operator lets it be used for
 * @param version of the registration and of the operator's wishes; grows with each change of either
 */
public record Host(
        String name,
        Address address,
        Labels labels,
        Origin origin,
        Scheduling scheduling,
        Status status,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /**
     * Where to reach it: the agent's base URL, and which of its machines.
     *
     * @param agentName the name by which the agent expects to be addressed in grants and tokens
     */
    public record Address(URI agentUrl, String machine, String agentName) {
        /** Whether both are the same machine, under whatever name of its agent. */
        boolean isSameMachine(Address other) {
            return agentUrl.equals(other.agentUrl) && machine.equals(other.machine);
        }
    }

    /** Who registered it. */
    public enum Origin {
        API,
        /** The service's configuration, and only that can change or remove it. */
        CONFIGURATION
    }

    /** What an operator lets a host be used for. */
    public enum Scheduling {
        OPEN,
        /** Its realms stay, and no further realm goes there. */
        CORDONED,
        /** No further realm goes there, and its realms are stopped and launched anew elsewhere. */
        DRAINING
    }

    /** What is to be expected of a host, in one word. */
    public enum State {
        READY,
        /** Its agent does not answer as it should. Its realms may well be running. */
        NOT_READY,
        CORDONED,
        DRAINING,
        /** It has been silent for so long that its realms were given up. */
        GONE
    }

    /**
     * What is known about it.
     *
     * @param message for people, one sentence
     * @param report what its agent said last, null if it never did
     * @param polledAt when it was asked last, null if never
     * @param answeredAt when its agent last answered as it should, null if it never did
     * @param since since when the reason is what it is
     * @param gone whether its realms were given up because of its silence
     */
    public record Status(
            Reason reason,
            String message,
            @Nullable MachineReport report,
            @Nullable Instant polledAt,
            @Nullable Instant answeredAt,
            Instant since,
            boolean gone) {
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

    static Host registered(String name, Address address, Labels labels, Origin origin, Instant now) {
        var status = new Status(Reason.NOT_POLLED_YET, "The host was not asked yet.", null, null, null, now, false);
        return new Host(name, address, labels, origin, Scheduling.OPEN, status, now, now, 1);
    }

    /** The same host registered anew. At a new address everything known about the old one is forgotten. */
    Host registeredAnew(Host registration, Instant now) {
        return new Host(
                name,
                registration.address,
                registration.labels,
                registration.origin,
                scheduling,
                address.isSameMachine(registration.address) ? status : registration.status,
                createdAt,
                now,
                version + 1);
    }

    Host scheduled(Scheduling wanted, Instant now) {
        return new Host(name, address, labels, origin, wanted, status, createdAt, now, version + 1);
    }

    Host with(Status newStatus) {
        return new Host(name, address, labels, origin, scheduling, newStatus, createdAt, updatedAt, version);
    }

    public State state() {
        if (!status.isReady()) {
            return status.gone() ? State.GONE : State.NOT_READY;
        }
        return switch (scheduling) {
            case OPEN -> State.READY;
            case CORDONED -> State.CORDONED;
            case DRAINING -> State.DRAINING;
        };
    }

    public Optional<MachineReport> report() {
        return Optional.ofNullable(status.report());
    }
}
