package io.realmwright.hostagent.realm;

import io.micrometer.observation.ObservationRegistry;
import io.realmwright.hostagent.grant.Grant;
import io.realmwright.hostagent.grant.GrantGate;
import io.realmwright.hostagent.grant.GrantRefusal;
import io.realmwright.hostagent.grant.GrantSubject;
import io.realmwright.hostagent.grant.GrantVerdict;
import io.realmwright.hostagent.machine.Boot;
import io.realmwright.hostagent.machine.Machine;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Launches a realm. Everything that can be said against a launch is said before it is recorded; from the record on, its
 * launch id and its grant are used up, and the machine is at work.
 */
@Service
public class RealmLauncher {
    private final RealmStore store;
    private final GrantGate gate;
    private final LaunchRules rules;
    private final TraceLimits traceLimits;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final ObservationRegistry observations;

    RealmLauncher(
            RealmStore store,
            GrantGate gate,
            LaunchRules rules,
            TraceLimits traceLimits,
            Clock clock,
            Supplier<UUID> ids,
            ObservationRegistry observations) {
        this.store = store;
        this.gate = gate;
        this.rules = rules;
        this.traceLimits = traceLimits;
        this.clock = clock;
        this.ids = ids;
        this.observations = observations;
    }

    public LaunchAnswer launch(Machine machine, LaunchRequest request) {
        var earlier = store.findByLaunchId(request.launchId());
        if (earlier.isPresent()) {
            return again(earlier.get(), machine, request);
        }
        var subject = new GrantSubject(machine.name(), request.launchId(), request.spec(), request.plan());
        return switch (gate.check(request.grant(), subject)) {
            case GrantVerdict.Refused(var reason) -> new LaunchAnswer.GrantRefused(reason);
            case GrantVerdict.NotAsked() -> launchPermitted(machine, request, null);
            case GrantVerdict.Permitted(var grant) -> launchPermitted(machine, request, grant);
        };
    }

    private LaunchAnswer launchPermitted(Machine machine, LaunchRequest request, @Nullable Grant grant) {
        var unavailable =
                machine.profile().unavailable(request.plan(), request.spec().hashAlgorithm());
        if (!unavailable.isEmpty()) {
            return new LaunchAnswer.PlanUnavailable(unavailable);
        }
        var sizes = rules.sizes(request.spec());
        var unknown = rules.unknownImages(request.spec(), sizes);
        if (!unknown.isEmpty()) {
            return new LaunchAnswer.ImagesUnknown(unknown);
        }
        var tooLarge = rules.tooLargeImages(sizes);
        if (!tooLarge.isEmpty()) {
            return new LaunchAnswer.Invalid(tooLarge);
        }
        return machine.use(boot -> launchOn(machine, boot, request, grant));
    }

    private LaunchAnswer launchOn(Machine machine, Boot boot, LaunchRequest request, @Nullable Grant grant) {
        var images = rules.load();
        var violations = LaunchRules.violations(request, images);
        if (!violations.isEmpty()) {
            return new LaunchAnswer.Invalid(violations);
        }
        var intent = new LaunchIntent(ids.get(), request, machine.name(), boot.id(), grant, clock.instant());
        return switch (begin(boot, intent)) {
            case BEGUN -> new Launch(intent, boot, store, traceLimits, clock, observations).carryOut(images);
            case LAUNCH_REVOKED -> new LaunchAnswer.LaunchRevoked(request.launchId());
            case GRANT_USED -> new LaunchAnswer.GrantRefused(GrantRefusal.REPLAYED);
            case LAUNCH_ID_USED ->
                again(store.findByLaunchId(request.launchId()).orElseThrow(), machine, request);
        };
    }

    /** If nobody can say whether the beginning was recorded, it is taken back: the machine has done nothing yet. */
    private RealmStore.Beginning begin(Boot boot, LaunchIntent intent) {
        try {
            return store.begin(intent);
        } catch (RuntimeException e) {
            boot.ledger().write(() -> store.withdraw(intent.realmId()));
            throw e;
        }
    }

    private static LaunchAnswer again(Realm earlier, Machine machine, LaunchRequest request) {
        boolean same =
                earlier.machine().equals(machine.name()) && earlier.request().equals(request);
        return same && earlier.state() != RealmState.LAUNCHING
                ? new LaunchAnswer.Repeated(earlier)
                : new LaunchAnswer.LaunchIdUsed(earlier);
    }
}
