package io.realmwright.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is launched: a policy, which stands for a RIPAS mode and a run-time verdict, a guest, and a host.
 *
 * @param policy the name of an example policy
 * @param guest the name of a guest profile
 * @param host the name of a host
 */
record Combination(String policy, String guest, String host) {
    static final List<String> GUESTS = List.of("EDK2_LINUX", "LINUX_EARLY_RSI", "LINUX", "UNAWARE");
    static final List<String> HOSTS = List.of("v14", "init-ripas", "v10");

    static List<Combination> all(List<String> policies) {
        List<Combination> all = new ArrayList<>();
        for (String policy : policies) {
            for (String guest : GUESTS) {
                for (String host : HOSTS) {
                    all.add(new Combination(policy, guest, host));
                }
            }
        }
        return all;
    }

    /** A realm name: lower-case letters, digits and hyphens. */
    String realmName() {
        return (policy + "-" + guest + "-" + host).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
