package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.spec.RealmSpec;

/** What the rules of a policy are asked about: one realm on one candidate host. */
public record Facts(String realmName, RealmSpec spec, Labels labels, CandidateHost host) {
    /**
     * A host that a realm might go to.
     *
     * @param machine which machine of the host's agent it is
     * @param dramBytes size of its DRAM
     */
    public record CandidateHost(String name, String machine, HostProfile profile, Labels labels, long dramBytes) {}

    Facts withName(String name) {
        return new Facts(name, spec, labels, host);
    }

    Facts with(RealmSpec other) {
        return new Facts(realmName, other, labels, host);
    }

    Facts with(Labels others) {
        return new Facts(realmName, spec, others, host);
    }

    Facts on(CandidateHost other) {
        return new Facts(realmName, spec, labels, other);
    }
}
