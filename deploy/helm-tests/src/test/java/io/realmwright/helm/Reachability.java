package io.realmwright.helm;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;

/**
 * Who reaches whom under a set of NetworkPolicies, by the rules of the Kubernetes documentation: a pod that no policy
 * selects is open, and one that is selected takes what any of its policies allows. Ingress alone, and numbered ports.
 */
record Reachability(String namespace, List<NetworkPolicy> policies) {
    /** A pod, as policies see it. */
    record Pod(String namespace, Map<String, String> labels) {}

    boolean reaches(Pod from, Pod to, int port) {
        List<NetworkPolicy> selecting = policies.stream()
                .filter(policy -> to.namespace().equals(namespace))
                .filter(policy -> policy.getSpec().getPolicyTypes().contains("Ingress"))
                .filter(policy -> matches(policy.getSpec().getPodSelector(), to.labels()))
                .toList();
        return selecting.isEmpty()
                || selecting.stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .anyMatch(rule -> allows(rule, from, port));
    }

    private boolean allows(NetworkPolicyIngressRule rule, Pod from, int port) {
        boolean portFits = rule.getPorts().isEmpty()
                || rule.getPorts().stream()
                        .map(NetworkPolicyPort::getPort)
                        .anyMatch(allowed -> allowed.getIntVal() == port);
        return portFits && (rule.getFrom().isEmpty() || rule.getFrom().stream().anyMatch(peer -> isPeer(peer, from)));
    }

    private boolean isPeer(NetworkPolicyPeer peer, Pod from) {
        boolean namespaceFits = peer.getNamespaceSelector() == null
                ? from.namespace().equals(namespace)
                : matches(peer.getNamespaceSelector(), Map.of("kubernetes.io/metadata.name", from.namespace()));
        return namespaceFits && (peer.getPodSelector() == null || matches(peer.getPodSelector(), from.labels()));
    }

    private static boolean matches(LabelSelector selector, Map<String, String> labels) {
        boolean all = selector.getMatchLabels() == null
                || selector.getMatchLabels().entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())));
        return all && selector.getMatchExpressions().stream().allMatch(wanted -> matches(wanted, labels));
    }

    private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
        if (!wanted.getOperator().equals("In")) {
            throw new AssertionError("the chart uses no operator " + wanted.getOperator());
        }
        return wanted.getValues().contains(labels.get(wanted.getKey()));
    }
}
