package io.realmwright.deployerpolicy.realm;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.observation.annotation.Observed;
import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostLoads;
import io.realmwright.deployerpolicy.placement.Placement;
import io.realmwright.deployerpolicy.placement.Placing;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds places among the hosts as they are now. */
@Component
class Places {
    private final HostLoads loads;

    Places(HostLoads loads) {
        this.loads = loads;
    }

    /** @param present all hosts as they are now */
    @Observed(name = "realmwright.place", contextualName = "place")
    Placement find(Decision decision, List<Host> present) {
        var decided = decision.hosts().stream().map(HostDecision::host).collect(Collectors.toSet());
        var candidates =
                present.stream().filter(host -> decided.contains(host.name())).toList();
        Placement placement = new Placing(candidates, loads.promises(candidates)).place(decision);
        placement.refused().stream()
                .flatMap(refusal -> refusal.reasons().stream())
                .forEach(reason -> Metrics.counter("realmwright.placement.refusals", "reason", reason)
                        .increment());
        return placement;
    }
}
