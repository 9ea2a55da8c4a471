package io.realmwright.hostagent.config;

import io.realmwright.hostagent.json.FaultPlanReader;
import io.realmwright.hostagent.machine.MachineConfig;
import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.host.HostConfig;
import io.realmwright.machine.host.HostProfile;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the operator sets under {@code realmwright.agent}.
 *
 * @param hostName the name under which grants address this agent ({@code aud})
 * @param grantKeys a JWKS file with the deployer's public keys; without one the agent is in open mode
 * @param grantSkew how far the deployer's clock and ours may be apart
 * @param machines the simulated machines, with different names
 * @param machinePatience how long a request waits for a machine that another request is using
 */
@Validated
@ConfigurationProperties("realmwright.agent")
public record AgentProperties(
        @NotBlank String hostName,
        @Nullable Path grantKeys,
        @DefaultValue("30s") Duration grantSkew,
        @NotEmpty @Valid List<MachineProperties> machines,
        @DefaultValue("10s") Duration machinePatience,
        @Valid @DefaultValue ImageProperties images,
        @Valid @DefaultValue TraceProperties traces) {
    public AgentProperties {
        machines = List.copyOf(machines);
        var names = new HashSet<String>();
        machines.forEach(machine -> {
            if (!names.add(machine.name())) {
                throw new IllegalArgumentException("two machines are called " + machine.name());
            }
        });
    }

    /**
     * One simulated machine.
     *
     * @param profile the name of a host profile, for example {@code rmm-2.0+kvm-rmi-v14}
     * @param dram 1 GiB to 1 TiB in steps of 1 GiB
     * @param seed everything random in the machine is drawn from it
     * @param faultPlan the fault plan of its first boot, as the JSON document that {@code PUT …/faults} takes; null for
     *     none
     */
    public record MachineProperties(
            @Pattern(regexp = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
            String name,

            @NotBlank String profile,
            @DefaultValue("64GB") DataSize dram,
            @DefaultValue("1") long seed,
            @Nullable String faultPlan) {
        /**
         * A machine that can be.
         *
         * @throws IllegalArgumentException if the profile is unknown or the DRAM size impossible
         */
        public MachineProperties {
            config(name, profile, dram, seed, faultPlan);
        }

        MachineConfig config() {
            return config(name, profile, dram, seed, faultPlan);
        }

        private static MachineConfig config(
                String name, String profile, DataSize dram, long seed, @Nullable String faultPlan) {
            var known = HostProfile.named(profile)
                    .orElseThrow(() ->
                            new IllegalArgumentException("machine " + name + " has the unknown profile " + profile));
            return new MachineConfig(name, new HostConfig(known, dram.toBytes(), seed), faults(name, known, faultPlan));
        }

        private static List<Fault> faults(String name, HostProfile profile, @Nullable String plan) {
            try {
                return plan == null ? List.of() : new FaultPlanReader(profile).parse(plan);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "machine " + name + " has an impossible fault plan: " + e.getMessage(), e);
            }
        }
    }

    /**
     * How large images may be.
     *
     * @param limit the largest image that is taken in
     * @param perRealmLimit how much the images of one realm may have together; they are in memory during a launch
     */
    public record ImageProperties(
            @DefaultValue("256MB") DataSize limit,
            @DefaultValue("512MB") DataSize perRealmLimit) {}

    /**
     * How much is kept of traces.
     *
     * @param limit how many bytes of a realm's trace are kept, counted before compression
     * @param retention how long the trace of a realm is kept after the realm has ended
     * @param sweepInterval how often traces are looked for that are older than that
     */
    public record TraceProperties(
            @DefaultValue("16MB") DataSize limit,
            @DefaultValue("30d") Duration retention,
            Duration sweepInterval) {}

    List<MachineConfig> machineConfigs() {
        return machines.stream().map(MachineProperties::config).toList();
    }
}
