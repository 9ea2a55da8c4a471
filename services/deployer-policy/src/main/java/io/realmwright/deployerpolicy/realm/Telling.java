package io.realmwright.deployerpolicy.realm;

import java.util.Optional;

/** Which of a realm's conditions says most about the phase that it is in. */
public final class Telling {
    private Telling() {}

    public static Optional<Condition> conditionOf(Realm realm) {
        Optional<Condition> trouble = of(realm, ConditionType.HOST_REACHABLE)
                .filter(condition -> condition.status() == ConditionStatus.FALSE);
        return realm.state().needsItsHost() && trouble.isPresent() ? trouble : of(realm, typeOf(realm.state()));
    }

    private static ConditionType typeOf(RealmState state) {
        return switch (state) {
            case RealmState.Pending(), RealmState.Denied _ -> ConditionType.DECIDED;
            case RealmState.Decided _, RealmState.Placed _, RealmState.Launching _ -> ConditionType.PLACED;
            case RealmState.Active _, RealmState.Failed _ -> ConditionType.LAUNCHED;
            case RealmState.Running _, RealmState.Stopped _, RealmState.Lost _ -> ConditionType.READY;
        };
    }

    private static Optional<Condition> of(Realm realm, ConditionType type) {
        return realm.conditions().stream()
                .filter(condition -> condition.type() == type)
                .findFirst();
    }
}
