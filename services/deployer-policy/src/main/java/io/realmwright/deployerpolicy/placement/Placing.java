package io.realmwright.deployerpolicy.placement;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostPromise;
import io.realmwright.deployerpolicy.host.MachineReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chooses a host for an allowed realm: first out go the hosts that cannot do it, then the emptiest wins. */
public final class Placing {
    static final String DENIED_BY_POLICY = "DENIED_BY_POLICY";
    static final String HOST_NOT_REGISTERED = "HOST_NOT_REGISTERED";
    static final String HOST_NOT_READY = "HOST_NOT_READY";
    static final String HOST_GONE = "HOST_GONE";
    static final String CORDONED = "CORDONED";
    static final String DRAINING = "DRAINING";
    static final String LAUNCH_WILL_FAIL = "LAUNCH_WILL_FAIL";
    static final String OUT_OF_GRANULES = "OUT_OF_GRANULES";
    static final String OUT_OF_VMIDS = "OUT_OF_VMIDS";

    private final Map<String, Host> hosts;
    private final Map<String, HostPromise> promises;

    /**
     * Chooses among these hosts.
     *
     * @param promises what of each host goes to realms which its last report cannot know of yet
     */
    public Placing(List<Host> hosts, Map<String, HostPromise> promises) {
        this.hosts = hosts.stream().collect(Collectors.toMap(Host::name, Function.identity()));
        this.promises = promises;
    }

    public Placement place(Decision decision) {
        var refused = new ArrayList<HostRefusal>();
        var possible = new ArrayList<HostDecision.Allow>();
        for (HostDecision result : decision.hosts()) {
            switch (result) {
                case HostDecision.Deny deny ->
                    refused.add(new HostRefusal(deny.host(), List.of(DENIED_BY_POLICY), deny.message()));
                case HostDecision.Allow allow ->
                    refusal(allow).ifPresentOrElse(refused::add, () -> possible.add(allow));
            }
        }
        return possible.stream()
                .max(Comparator.<HostDecision.Allow>comparingLong(allow -> free(hostOf(allow)))
                        .thenComparing(HostDecision.Allow::host, Comparator.reverseOrder()))
                .<Placement>map(best -> new Placement.Placed(hostOf(best), best, refused))
                .orElse(new Placement.Unplaceable(refused));
    }

    private Optional<HostRefusal> refusal(HostDecision.Allow allow) {
        Host host = hosts.get(allow.host());
        if (host == null) {
            return refuse(allow, HOST_NOT_REGISTERED, "The host is no longer registered.");
        }
        if (!allow.unavailable().isEmpty()) {
            return Optional.of(new HostRefusal(
                    allow.host(),
                    allow.unavailable().stream().map(Enum::name).toList(),
                    allow.unavailable().stream()
                            .map(reason -> reason.explanation())
                            .collect(Collectors.joining("; "))));
        }
        return switch (host.state()) {
            case CORDONED -> refuse(allow, CORDONED, "The host takes no further realms.");
            case DRAINING -> refuse(allow, DRAINING, "The host's realms go elsewhere, and it takes no further ones.");
            case NOT_READY -> refuse(allow, HOST_NOT_READY, host.status().message());
            case GONE -> refuse(allow, HOST_GONE, host.status().message());
            case READY ->
                vmidRefusal(allow, host).or(() -> allow.forecast().flatMap(forecast -> refusal(allow, host, forecast)));
        };
    }

    /** A realm takes one VMID, whatever it is like. */
    private Optional<HostRefusal> vmidRefusal(HostDecision.Allow allow, Host host) {
        OptionalLong free = host.report().map(MachineReport::freeVmids).orElse(OptionalLong.empty());
        boolean none = free.isPresent() && free.getAsLong() <= promise(host).realms();
        return none ? refuse(allow, OUT_OF_VMIDS, "Every VMID of the host is in use or promised.") : Optional.empty();
    }

    private Optional<HostRefusal> refusal(HostDecision.Allow allow, Host host, Forecast forecast) {
        return switch (forecast) {
            case Forecast.RefusedByRmm(var step, var refusal) ->
                refuse(
                        allow,
                        LAUNCH_WILL_FAIL,
                        "At " + step + " the RMM refuses " + refusal.command() + " with " + refusal.status() + ".");
            case Forecast.OutOfGranules _ ->
                refuse(allow, OUT_OF_GRANULES, "The realm needs more granules than any host has.");
            case Forecast.Ran ran
            when ran.granules() > free(host) ->
                refuse(
                        allow,
                        OUT_OF_GRANULES,
                        "The realm needs " + ran.granules() + " granules and the host has " + free(host) + " free.");
            case Forecast.Ran _ -> Optional.empty();
        };
    }

    private long free(Host host) {
        long reported = host.report().map(MachineReport::freeGranules).orElse(0L);
        return reported - promise(host).granules();
    }

    private HostPromise promise(Host host) {
        return promises.getOrDefault(host.name(), HostPromise.NONE);
    }

    private Host hostOf(HostDecision.Allow allow) {
        Host host = hosts.get(allow.host());
        if (host == null) {
            throw new IllegalStateException("a possible host is registered: " + allow.host());
        }
        return host;
    }

    private static Optional<HostRefusal> refuse(HostDecision.Allow allow, String reason, String message) {
        return Optional.of(new HostRefusal(allow.host(), List.of(reason), message));
    }
}
