package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.realm.Condition;
import io.realmwright.deployerpolicy.realm.Condition.Status;
import io.realmwright.deployerpolicy.realm.Condition.Type;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmState;
import java.util.Optional;

/** Which of a realm's conditions says most about the phase that it is in. */
final class Telling {
    private Telling() {}

    static Optional<Condition> conditionOf(Realm realm) {
        Optional<Condition> trouble =
                of(realm, Type.HOST_REACHABLE).filter(condition -> condition.status() == Status.FALSE);
        return realm.state().needsItsHost() && trouble.isPresent() ? trouble : of(realm, typeOf(realm.state()));
    }

    private static Type typeOf(RealmState state) {
        return switch (state) {
            case RealmState.Pending(), RealmState.Denied _ -> Type.DECIDED;
            case RealmState.Decided _, RealmState.Placed _, RealmState.Launching _ -> Type.PLACED;
            case RealmState.Active _, RealmState.Failed _ -> Type.LAUNCHED;
            case RealmState.Running _, RealmState.Stopped _, RealmState.Lost _ -> Type.READY;
        };
    }

    private static Optional<Condition> of(Realm realm, Type type) {
        return realm.conditions().stream()
                .filter(condition -> condition.type() == type)
                .findFirst();
    }
}
