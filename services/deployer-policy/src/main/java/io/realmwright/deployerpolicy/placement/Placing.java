package io.realmwright.deployerpolicy.placement;

import io.realmwright.deployerpolicy.decision.Decision;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.decision.HostDecision;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.MachineReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Chooses a host for an allowed realm: first out go the hosts that cannot do it, then the emptiest wins. */
public final class Placing {
    static final String DENIED_BY_POLICY = "DENIED_BY_POLICY";
    static final String HOST_GONE = "HOST_GONE";
    static final String HOST_NOT_READY = "HOST_NOT_READY";
    static final String CORDONED = "CORDONED";
    static final String LAUNCH_WILL_FAIL = "LAUNCH_WILL_FAIL";
    static final String OUT_OF_GRANULES = "OUT_OF_GRANULES";

    private final Map<String, Host> hosts;
    private final ToLongFunction<Host> promised;

    /**
     * Chooses among these hosts.
     *
     * @param promised granules of a host that go to realms which its last report cannot know of yet
     */
    public Placing(List<Host> hosts, ToLongFunction<Host> promised) {
        this.hosts = hosts.stream().collect(Collectors.toMap(Host::name, Function.identity()));
        this.promised = promised;
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
            return refuse(allow, HOST_GONE, "The host is no longer registered.");
        }
        if (!allow.unavailable().isEmpty()) {
            return Optional.of(new HostRefusal(
                    allow.host(),
                    allow.unavailable().stream().map(Enum::name).toList(),
                    allow.unavailable().stream()
                            .map(reason -> reason.explanation())
                            .collect(Collectors.joining("; "))));
        }
        if (host.cordoned()) {
            return refuse(allow, CORDONED, "The host takes no further realms.");
        }
        if (!host.status().isReady()) {
            return refuse(allow, HOST_NOT_READY, host.status().message());
        }
        return allow.forecast().flatMap(forecast -> refusal(allow, host, forecast));
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
        return reported - promised.applyAsLong(host);
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
