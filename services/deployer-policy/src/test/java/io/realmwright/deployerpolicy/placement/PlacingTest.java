package io.realmwright.deployerpolicy.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.DecisionRequest;
import io.realmwright.deployerpolicy.decision.DenialReason;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.decision.PolicySelection;
import io.realmwright.deployerpolicy.decision.SomeFacts;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.host.Unavailability;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RipasMode;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacingTest {
    private static final HostProfile V14 = HostProfile.RMM_2_0_KVM_RMI_V14;
    private static final LaunchPlan PLAN = LaunchPlan.of(new RipasMode.HostAllMemslots(), new RunTimeVerdict.Accept());

    @Test
    void theHostWithMostFreeGranulesWinsAndThenTheEarlierName() {
        var hosts = List.of(host("a", 100), host("b", 300), host("c", 300));

        var placement = place(hosts, allow("a", 50), allow("b", 50), allow("c", 50));

        assertThat(placement)
                .isInstanceOfSatisfying(
                        Placement.Placed.class,
                        placed -> assertThat(placed.host().name()).isEqualTo("b"));
    }

    @Test
    void granulesThatArePromisedToOthersDoNotCount() {
        var placing = new Placing(List.of(host("a", 100), host("b", 90)), Map.of("a", new HostPromise(1, 60)));

        var placement = placing.place(decision(allow("a", 50), allow("b", 50)));

        assertThat(placement.refused())
                .containsExactly(new HostRefusal(
                        "a", List.of("OUT_OF_GRANULES"), "The realm needs 50 granules and the host has 40 free."));
        assertThat(placement)
                .isInstanceOfSatisfying(
                        Placement.Placed.class,
                        placed -> assertThat(placed.host().name()).isEqualTo("b"));
    }

    @Test
    void everyRefusedHostHasItsReason() {
        Host cordoned = with(host("cordoned", 100), Host.Scheduling.CORDONED, Host.Reason.POLLED);
        Host silent = with(host("silent", 100), Host.Scheduling.OPEN, Host.Reason.TIMED_OUT);
        var hosts = List.of(cordoned, silent, host("full", 49), host("unable", 100), host("failing", 100));

        var placement = place(
                hosts,
                new HostDecision.Deny("denied", V14, List.of(), List.of(), "rule", DenialReason.DENIED_BY_RULE, "No."),
                allow("gone", 50),
                allow("cordoned", 50),
                allow("silent", 50),
                allow("full", 50),
                allow("unable", Set.of(Unavailability.MODE_UNAVAILABLE), Optional.empty()),
                allow(
                        "failing",
                        Set.of(),
                        Optional.of(new Forecast.RefusedByRmm(
                                LaunchStep.ACTIVATE,
                                new RmiRefusal("RMI_REALM_ACTIVATE", "RMI_ERROR_REALM", 0, null)))));

        assertThat(placement)
                .isEqualTo(new Placement.Unplaceable(List.of(
                        new HostRefusal("denied", List.of("DENIED_BY_POLICY"), "No."),
                        new HostRefusal("gone", List.of("HOST_NOT_REGISTERED"), "The host is no longer registered."),
                        new HostRefusal("cordoned", List.of("CORDONED"), "The host takes no further realms."),
                        new HostRefusal("silent", List.of("HOST_NOT_READY"), "as a test says"),
                        new HostRefusal(
                                "full",
                                List.of("OUT_OF_GRANULES"),
                                "The realm needs 50 granules and the host has 49 free."),
                        new HostRefusal(
                                "unable",
                                List.of("MODE_UNAVAILABLE"),
                                "the host's KVM UABI cannot declare memory in this mode"),
                        new HostRefusal(
                                "failing",
                                List.of("LAUNCH_WILL_FAIL"),
                                "At ACTIVATE the RMM refuses RMI_REALM_ACTIVATE with RMI_ERROR_REALM."))));
    }

    private static Placement place(List<Host> hosts, HostDecision... decisions) {
        return new Placing(hosts, Map.of()).place(decision(decisions));
    }

    private static Decision decision(HostDecision... hosts) {
        var request = new DecisionRequest(
                "r", SomeFacts.spec(1, GuestProfile.LINUX), Labels.NONE, Optional.empty(), Labels.NONE);
        var selection = new PolicySelection.Selected("p", 1, "digest", PolicySelection.By.NAME, "");
        return new Decision(new UUID(0, 1), Instant.EPOCH, request, selection, List.of(hosts), "basis");
    }

    private static HostDecision.Allow allow(String host, long granules) {
        var forecast = new Forecast.Ran(
                new Outcome.Booted(),
                HashAlgorithm.SHA_256,
                "00",
                List.of(),
                List.of(),
                new TreeMap<>(),
                granules,
                OptionalLong.of(4));
        return allow(host, Set.of(), Optional.of(forecast));
    }

    private static HostDecision.Allow allow(String host, Set<Unavailability> unavailable, Optional<Forecast> forecast) {
        return new HostDecision.Allow(
                host,
                V14,
                List.of(),
                List.of(),
                "rule",
                PLAN,
                false,
                Optional.empty(),
                unavailable,
                forecast,
                List.of());
    }

    private static Host host(String name, long freeGranules) {
        var report = new MachineReport(
                V14,
                new UUID(0, 2),
                Instant.EPOCH,
                1L << 30,
                List.of(),
                new TreeMap<>(Map.of("NS", freeGranules)),
                freeGranules,
                0,
                OptionalLong.of(10),
                new MachineReport.Capabilities(List.of(), List.of(), List.of(), false),
                true);
        return new Host(
                name,
                new Host.Address(URI.create("http://localhost"), "m0", name),
                Labels.NONE,
                Host.Origin.API,
                Host.Scheduling.OPEN,
                new Host.Status(
                        Host.Reason.POLLED,
                        "as a test says",
                        report,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        false),
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    private static Host with(Host host, Host.Scheduling scheduling, Host.Reason reason) {
        var status = new Host.Status(
                reason,
                host.status().message(),
                host.status().report(),
                host.status().polledAt(),
                host.status().answeredAt(),
                host.status().since(),
                false);
        return new Host(
                host.name(),
                host.address(),
                host.labels(),
                host.origin(),
                scheduling,
                status,
                host.createdAt(),
                host.updatedAt(),
                host.version());
    }
}
