package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.grant.GrantRefusal;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.Violation;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What came of a request to launch. */
public sealed interface LaunchAnswer {
    /** The realm is ACTIVE. */
    record Launched(Realm realm) implements LaunchAnswer {}

    /** The very same request was carried out before; this is what came of it, as it is now. */
    record Repeated(Realm realm) implements LaunchAnswer {}

    /** The launch began and came to nothing; the realm's record says why. */
    record Failed(Realm realm, LaunchFailure failure) implements LaunchAnswer {}

    /** The launch id belongs to another request, or to one that is still being carried out. Nothing was done. */
    record LaunchIdUsed(Realm realm) implements LaunchAnswer {}

    /** The launch was called off before. Nothing was done. */
    record LaunchRevoked(UUID launchId) implements LaunchAnswer {}

    /** Nothing was done. */
    record GrantRefused(GrantRefusal reason) implements LaunchAnswer {}

    /** The host cannot carry out the plan. Nothing was done. */
    record PlanUnavailable(Set<Unavailability> reasons) implements LaunchAnswer {}

    /** Images are not here. Nothing was done. */
    record ImagesUnknown(List<Violation> violations) implements LaunchAnswer {}

    /** Spec or plan break rules. Nothing was done. */
    record Invalid(List<Violation> violations) implements LaunchAnswer {}
}
