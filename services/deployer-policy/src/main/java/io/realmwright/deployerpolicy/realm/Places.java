package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.placement.Placement;
import io.realmwright.deployerpolicy.placement.Placing;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Finds places among the hosts as they are now. */
@Component
class Places {
    private final Hosts hosts;
    private final RealmStore realms;

    Places(Hosts hosts, RealmStore realms) {
        this.hosts = hosts;
        this.realms = realms;
    }

    Placement find(Decision decision) {
        return new Placing(hosts.all(), this::promised).place(decision);
    }

    private long promised(Host host) {
        Instant reported = host.status().polledAt();
        return reported == null ? 0 : realms.granulesPromised(host.name(), reported);
    }
}
