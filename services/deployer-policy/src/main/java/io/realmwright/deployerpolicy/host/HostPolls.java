package io.realmwright.deployerpolicy.host;

import io.realmwright.deployerpolicy.host.AgentAnswer.NoAnswer;
import io.realmwright.deployerpolicy.host.AgentAnswer.Ok;
import io.realmwright.deployerpolicy.host.AgentAnswer.Refused;
import io.realmwright.deployerpolicy.host.Host.Reason;
import io.realmwright.deployerpolicy.host.Host.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What an answer of an agent means for its host. */
final class HostPolls {
    private HostPolls() {}

    static Status statusAfter(Status before, AgentAnswer<MachineReport> answer, Duration goneAfter, Instant now) {
        return switch (answer) {
            case Ok<MachineReport>(var report) ->
                new Status(
                        Reason.POLLED,
                        "The agent answers.",
                        report,
                        now,
                        now,
                        since(before, Reason.POLLED, now),
                        false);
            case Refused<MachineReport>(var problem) -> {
                Reason reason = problem.status() == 404 ? Reason.UNKNOWN_MACHINE : Reason.BAD_ANSWER;
                yield notReady(before, reason, "The agent answered: " + problem.detail(), goneAfter, now);
            }
            case NoAnswer<MachineReport>(var reason, var message) -> notReady(before, reason, message, goneAfter, now);
        };
    }

    /** A host that does not answer keeps what is known about it: its realms may well be running. */
    private static Status notReady(Status before, Reason reason, String message, Duration goneAfter, Instant now) {
        Instant answeredAt = before.isReady() ? before.polledAt() : before.answeredAt();
        Instant silentSince = answeredAt == null ? before.since() : answeredAt;
        boolean gone = !now.isBefore(silentSince.plus(goneAfter));
        return new Status(reason, message, before.report(), now, answeredAt, since(before, reason, now), gone);
    }

    private static Instant since(Status before, Reason reason, Instant now) {
        return before.reason() == reason ? before.since() : now;
    }

    /**
     * Whether what ran there before is gone. The first report counts as well: the host may have been registered before,
     * and realms may be on their way to it from then.
     */
    static boolean hasRebooted(Host before, Host after) {
        Optional<UUID> then = before.report().map(MachineReport::bootId);
        Optional<UUID> now = after.report().map(MachineReport::bootId);
        return now.isPresent() && !now.equals(then);
    }

    /** Whether a realm that found no place may find one now. */
    static boolean mayTakeMore(Host before, Host after) {
        if (after.state() != Host.State.READY) {
            return false;
        }
        return before.state() != Host.State.READY
                || freeGranules(before) < freeGranules(after)
                || !before.report()
                        .map(MachineReport::profile)
                        .equals(after.report().map(MachineReport::profile));
    }

    private static long freeGranules(Host host) {
        return host.report().map(MachineReport::freeGranules).orElse(0L);
    }
}
