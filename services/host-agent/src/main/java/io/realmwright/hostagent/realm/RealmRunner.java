package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.Boot;
import io.realmwright.hostagent.machine.LiveRealm;
import io.realmwright.hostagent.machine.Machine;
import io.realmwright.machine.host.RealmVm;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Runs a realm until it has an outcome, and tears it down. */
@Service
public class RealmRunner {
    private final RealmStore store;
    private final Clock clock;

    RealmRunner(RealmStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A realm that has an outcome keeps it: running it again answers the same. */
    public RunAnswer run(Machine machine, UUID realmId) {
        return machine.use(boot -> store.find(machine.name(), realmId)
                .<RunAnswer>map(realm -> run(boot, realm))
                .orElseGet(RunAnswer.NoSuchRealm::new));
    }

    private RunAnswer run(Boot boot, Realm realm) {
        return switch (realm.state()) {
            case ACTIVE, RUNNING -> new RunAnswer.Ran(realm.outcome() == null ? runToOutcome(boot, realm) : realm);
            case LAUNCHING, STOPPED, FAILED, LOST -> new RunAnswer.NotRunnable(realm);
        };
    }

    private Realm runToOutcome(Boot boot, Realm realm) {
        var live = live(boot, realm);
        store.running(realm.id(), clock.instant());
        var work = new RealmWork(realm.id(), boot, live.trace(), store, clock);
        var outcome = work.attempt(() -> boot.realm(live, RealmVm::run));
        var progress = work.progress();
        return boot.ledger().record(() -> store.ran(progress, outcome));
    }

    /** Tears a realm down; its record stays. A realm that is no longer on the machine is left as it is. */
    public Optional<Realm> delete(Machine machine, UUID realmId) {
        return machine.use(boot -> store.find(machine.name(), realmId).map(realm -> delete(boot, realm)));
    }

    /** As {@link #delete(Machine, UUID)}, for who holds the machine. */
    Realm delete(Boot boot, Realm realm) {
        return switch (realm.state()) {
            case ACTIVE, RUNNING -> tearDown(boot, realm);
            case LAUNCHING, STOPPED, FAILED, LOST -> realm;
        };
    }

    private Realm tearDown(Boot boot, Realm realm) {
        var live = live(boot, realm);
        var work = new RealmWork(realm.id(), boot, live.trace(), store, clock);
        work.attempt(() -> boot.realm(live, RealmVm::destroy));
        boot.remove(realm.id());
        var progress = work.progress();
        return boot.ledger().record(() -> store.stopped(progress));
    }

    private static LiveRealm live(Boot boot, Realm realm) {
        return boot.find(realm.id())
                .orElseThrow(() -> new IllegalStateException("realm " + realm.id() + " is recorded as being on machine "
                        + realm.machine() + ", and it is not"));
    }
}
