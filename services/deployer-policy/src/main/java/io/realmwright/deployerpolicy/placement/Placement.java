package io.realmwright.deployerpolicy.placement;

import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.host.Host;
import java.util.List;

/** Where an allowed realm goes. */
public sealed interface Placement {
    /** The hosts that were not taken, and why. */
    List<HostRefusal> refused();

    record Placed(Host host, HostDecision.Allow decision, List<HostRefusal> refused) implements Placement {
        public Placed {
            refused = List.copyOf(refused);
        }
    }

    /** No candidate host can do it now. */
    record Unplaceable(List<HostRefusal> refused) implements Placement {
        public Unplaceable {
            refused = List.copyOf(refused);
        }
    }
}
