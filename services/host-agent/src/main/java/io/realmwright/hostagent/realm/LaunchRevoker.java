package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.Machine;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Calls launches off. Once that is on record there is no realm of the launch on the machine, and none will be: a launch
 * that is being carried out is waited for and torn down, and a request that arrives later is refused.
 */
@Service
public class LaunchRevoker {
    private final RealmStore store;
    private final RealmRunner runner;
    private final Clock clock;

    LaunchRevoker(RealmStore store, RealmRunner runner, Clock clock) {
        this.store = store;
        this.runner = runner;
        this.clock = clock;
    }

    /** Answers the realm that had come of the launch, as it is afterwards; calling off again changes nothing. */
    public Optional<Realm> revoke(Machine machine, UUID launchId) {
        return machine.use(boot -> {
            store.revoke(launchId, machine.name(), clock.instant());
            return store.findByLaunchId(launchId)
                    .filter(realm -> realm.machine().equals(machine.name()))
                    .map(realm -> runner.delete(boot, realm));
        });
    }
}
