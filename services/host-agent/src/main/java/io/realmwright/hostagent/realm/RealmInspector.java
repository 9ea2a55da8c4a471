package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.Machine;
import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.host.MemoryRun;
import io.realmwright.machine.host.RealmVm;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Service;

/** Looks at realms on their machine, and at what is recorded of them. */
@Service
public class RealmInspector {
    private final RealmStore store;

    RealmInspector(RealmStore store) {
        this.store = store;
    }

    public Optional<Realm> find(Machine machine, UUID realmId) {
        return store.find(machine.name(), realmId);
    }

    /** At most {@code size} realms after the position {@code after}, oldest first. */
    public List<RealmStore.Positioned> page(Machine machine, long after, int size) {
        return store.page(machine.name(), after, size);
    }

    /** At most {@code limit} lines of a realm's trace from line {@code offset}; empty if there is no such realm. */
    public Optional<TracePage> trace(Machine machine, UUID realmId, long offset, int limit) {
        return find(machine, realmId).map(realm -> TracePage.of(store.trace(realm.id()), offset, limit));
    }

    /** A realm's whole trace, gzip of JSON lines; empty if there is no such realm. */
    public Optional<byte[]> trace(Machine machine, UUID realmId) {
        return find(machine, realmId).map(realm -> store.trace(realm.id()));
    }

    public Inspection<List<MemoryRun>> memory(Machine machine, UUID realmId) {
        return look(machine, realmId, RealmVm::memory);
    }

    public Inspection<Measurements> measurements(Machine machine, UUID realmId) {
        return look(machine, realmId, RealmVm::measurements);
    }

    private <T> Inspection<T> look(Machine machine, UUID realmId, Function<RealmVm, T> look) {
        var realm = store.find(machine.name(), realmId);
        if (realm.isEmpty()) {
            return new Inspection.NoSuchRealm<>();
        }
        return machine.use(boot -> boot.find(realmId)
                .<Inspection<T>>map(live -> new Inspection.Seen<>(boot.realm(live, look)))
                .orElseGet(() -> new Inspection.Gone<>(realm.get())));
    }
}
