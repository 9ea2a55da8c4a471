package io.realmwright.machine.rmm;

import java.util.HashMap;
import java.util.Map;

/** The life of realms in RMM 1.0 (reference section 15): there is no ZOMBIE, and the host chooses VMIDs. */
final class RealmCommands1_0 {
    private final RmmState rmm;
    private final RealmLifecycle lifecycle;
    private final Map<Long, Integer> vmidsByRd = new HashMap<>();

    RealmCommands1_0(RmmState rmm) {
        this.rmm = rmm;
        this.lifecycle = new RealmLifecycle(rmm);
    }

    long create(long rd, long page) {
        if (!rmm.isHostPage(page)) {
            return RmiStatus.ERROR_INPUT;
        }
        RealmParams1_0 params = RealmParams1_0.read(rmm.memory, page);
        boolean created = params.check(rmm.config)
                && params.vmid() < rmm.config.vmids()
                && !vmidsByRd.containsValue(params.vmid())
                && lifecycle.create(rd, params.common(), RealmExtensions.NONE);
        if (!created) {
            return RmiStatus.ERROR_INPUT;
        }
        vmidsByRd.put(rd, params.vmid());
        return RmiStatus.SUCCESS;
    }

    long activate(long rd) {
        return lifecycle.activate(rd);
    }

    /** In any state: nothing has to be terminated first. */
    long destroy(long rd) {
        Realm realm = rmm.granules.realm(rd);
        if (realm == null) {
            return RmiStatus.ERROR_INPUT;
        }
        if (lifecycle.isLive(realm)) {
            return RmiStatus.ERROR_REALM;
        }
        lifecycle.destroy(realm);
        vmidsByRd.remove(rd);
        return RmiStatus.SUCCESS;
    }

    int freeVmids() {
        return rmm.config.vmids() - vmidsByRd.size();
    }
}
