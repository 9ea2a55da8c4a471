package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.measurement.Ladder;
import io.realmwright.deployerpolicy.measurement.LadderDiff;
import io.realmwright.machine.rim.RimExtension;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Stops a realm whose host reports another RIM than was forecast: something else was launched than was decided. A host
 * that tells the RIM with its launch is stopped before the first RMI_REC_ENTER, one that tells it later as soon as it does.
 */
@Component
class Mismatch {
    private final Hosts hosts;
    private final Agents agents;
    private final Measuring measuring;
    private final Running running;

    Mismatch(Hosts hosts, Agents agents, Measuring measuring, Running running) {
        this.hosts = hosts;
        this.agents = agents;
        this.measuring = measuring;
        this.running = running;
    }

    /** Whether the realm is on its host and measured otherwise than was forecast. */
    static boolean concerns(Realm realm) {
        return realm.state().needsItsHost()
                && realm.state().lastIncarnation().map(Incarnation::rim).isPresent()
                && realm.forecast().orElse(null) instanceof Forecast.Ran foreseen
                && !realm.state().lastIncarnation().map(Incarnation::rim).equals(Optional.of(foreseen.rim()));
    }

    Next stop(Realm realm, Launch launch, Incarnation incarnation) {
        return running.tearDown(realm, launch, incarnation, Optional.of(failure(realm, launch, incarnation)));
    }

    private Failure failure(Realm realm, Launch launch, Incarnation incarnation) {
        String rim = String.valueOf(incarnation.rim());
        String foreseen = realm.forecast().orElse(null) instanceof Forecast.Ran ran ? ran.rim() : "";
        return new Failure(
                "RIM_NOT_AS_FORECAST",
                "The host reports RIM " + rim + ", and " + foreseen + " was forecast. "
                        + firstDifference(realm, launch, incarnation, rim),
                null,
                null);
    }

    private String firstDifference(Realm realm, Launch launch, Incarnation incarnation, String rim) {
        Optional<Ladder> forecast = measuring.forecast(realm);
        Optional<Ladder> actual = hosts.find(launch.host())
                .flatMap(host -> measuring.replayed(agents, host.address(), incarnation.agentRealm(), rim)
                                instanceof AgentAnswer.Ok<Ladder.Replayed>(var replayed)
                        ? Optional.of(replayed.ladder())
                        : Optional.empty());
        if (forecast.isEmpty() || actual.isEmpty()) {
            return "The trace that would tell the first differing step is not there.";
        }
        LadderDiff diff = LadderDiff.between(forecast.get(), actual.get());
        return diff.first()
                .map(first -> "The first differing step is number " + first.leftIndex() + ": " + text(first.left())
                        + " was forecast, and " + text(first.right()) + " was measured. Likely: "
                        + diff.likelyCauses() + ".")
                .orElse("The trace leads to the RIM that was forecast: the host reports another one than it has.");
    }

    private static String text(@Nullable RimExtension step) {
        if (step == null) {
            return "nothing";
        }
        return switch (step.kind()) {
            case REALM -> "REALM";
            case REC -> "REC " + step.contents();
            case DATA ->
                "DATA at 0x%x %s".formatted(step.base(), step.contents()).strip();
            case RIPAS -> "RIPAS [0x%x, 0x%x)".formatted(step.base(), step.top());
        };
    }
}
