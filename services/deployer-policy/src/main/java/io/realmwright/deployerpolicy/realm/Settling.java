package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Deciding;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionStore;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.placement.Placement;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds a host for a realm, deciding anew where the decision at hand has been overtaken. */
@Component
class Settling {
    private final Hosts hosts;
    private final Deciding deciding;
    private final DecisionStore decisions;
    private final Places places;
    private final Launching launching;
    private final RealmRecords records;
    private final RealmProperties properties;

    Settling(
            Hosts hosts,
            Deciding deciding,
            DecisionStore decisions,
            Places places,
            Launching launching,
            RealmRecords records,
            RealmProperties properties) {
        this.hosts = hosts;
        this.deciding = deciding;
        this.decisions = decisions;
        this.places = places;
        this.launching = launching;
        this.records = records;
        this.properties = properties;
    }

    Next decideAndPlace(Realm realm) {
        List<Host> present = hosts.all();
        return realm.state()
                .lastDecision()
                .flatMap(decisions::find)
                .filter(decision -> !deciding.isOutdated(decision, present))
                .map(decision -> place(realm, decision, present))
                .orElseGet(() -> decide(realm));
    }

    private Next decide(Realm realm) {
        Decision decision = deciding.decideAgain(realm.request().question());
        if (decision.verdict() == Decision.Verdict.NO_HOST && realm.state() instanceof RealmState.Pending) {
            // A realm that waits for hosts leaves no trail of equal decisions.
            records.change(realm, (current, now) -> isStill(realm, current) ? current.decided(decision, now) : current);
            return review();
        }
        return Next.after(records.decide(
                realm, decision, (current, now) -> isStill(realm, current) ? current.decided(decision, now) : current));
    }

    private Next place(Realm realm, Decision decision, List<Host> present) {
        Optional<Realm> recorded = records.place(realm, destination(realm, decision, present));
        boolean isWaiting = recorded.filter(placed -> placed.state() instanceof RealmState.Decided)
                .isPresent();
        return isWaiting ? review() : Next.after(recorded);
    }

    /** Where a realm goes that was decided about just now. */
    Destination destination(Realm realm, Decision decision) {
        return destination(realm, decision, hosts.all());
    }

    private Destination destination(Realm realm, Decision decision, List<Host> present) {
        Placement placement = places.find(decision, present);
        return new Destination(decision.id(), placement, launching.atOnce(realm, decision, placement));
    }

    private Next review() {
        return new Next.Later(properties.reviewInterval());
    }

    private static boolean isStill(Realm seen, Realm current) {
        return current.goal() == seen.goal() && current.state().equals(seen.state());
    }
}
