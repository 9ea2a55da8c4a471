package io.realmwright.deployerpolicy.realm;

import static io.realmwright.deployerpolicy.testing.Scenario.HOST_ALL;
import static io.realmwright.deployerpolicy.testing.Scenario.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostListener;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.testing.ServiceTest;
import io.realmwright.machine.host.HostProfile;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens to a host that a realm left between the moment when the host's realms were listed and its turn. */
class RealmsOfHostsTest extends ServiceTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;

    @Autowired
    private RealmStore store;

    @Autowired
    private RealmRecords records;

    @Autowired
    private RealmWork work;

    @Autowired
    private Revoking revoking;

    @Autowired
    private Hosts hosts;

    @Autowired
    private PlatformTransactionManager manager;

    /** It was lost, and the launch that goes on was revoked on the host that had nothing of it: chaos found it leaked. */
    @Test
    void theRebootOfTheHostIsNoneOfTheRealmsBusiness() {
        assertThatNothingComesOf((listener, host) -> listener.rebooted(host, host));
    }

    @Test
    void neitherIsItsSilence() {
        assertThatNothingComesOf(HostListener::gone);
    }

    @Test
    void norItsDrain() {
        assertThatNothingComesOf(HostListener::draining);
    }

    private void assertThatNothingComesOf(BiConsumer<HostListener, Host> happening) {
        scenario.host("here", V14);
        scenario.create("r", scenario.policy("p", HOST_ALL, "ACCEPT"), spec("LINUX"));
        scenario.awaitOutcome("r");
        scenario.host("left", V14);
        Host left = hosts.find(scenario.name("left")).orElseThrow();
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            Realm before = store.find(scenario.name("r")).orElseThrow();
            var listed = new RealmsOfHosts(listing(before.id()), records, work, revoking);

            happening.accept(listed, left);

            assertThat(store.find(before.id())).contains(before);
            assertThat(store.see(before.id()).orElseThrow().attention().wishes())
                    .isZero();
        });
    }

    /** The store, which lists this realm as being on any host. */
    private RealmStore listing(UUID realm) {
        return (RealmStore) Proxy.newProxyInstance(
                RealmStore.class.getClassLoader(),
                new Class<?>[] {RealmStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals("on") ? List.of(realm) : method.invoke(store, arguments));
    }
}
