package io.realmwright.deployerpolicy.host.agentclient;

import io.realmwright.deployerpolicy.host.AgentProblem;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.spec.json.LaunchPlanDocument;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import io.realmwright.deployerpolicy.spec.json.RealmSpecDocument;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import io.realmwright.machine.host.HostProfile;
import io.realmwright.machine.host.Measurements;
import io.realmwright.machine.memory.MemoryRun;
import io.realmwright.machine.spec.HashAlgorithm;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents of host-agent's contract, as far as this service reads and writes them. */
final class AgentDocuments {
    private static final UUID NO_ID = new UUID(0, 0);

    private AgentDocuments() {}

    record Launch(UUID launchId, String name, RealmSpecDocument spec, LaunchPlanDocument plan, String grant) {}

    record Machine(
            @Nullable String profile,
            @Nullable UUID bootId,
            @Nullable Instant bootedAt,
            @Nullable String dramBytes,
            @Nullable List<String> features,
            @Nullable SortedMap<String, Long> granules,
            @Nullable Long freeGranules,
            @Nullable Long leakedGranules,
            @Nullable Long freeVmids,
            @Nullable Capabilities capabilities,
            @Nullable Boolean simulated) {
        MachineReport read() {
            var fields = new Fields();
            String profileName = fields.required("profile", profile, "");
            HostProfile known = HostProfile.named(profileName).orElse(null);
            if (known == null) {
                throw new UnknownProfile(profileName);
            }
            var report = new MachineReport(
                    known,
                    fields.required("bootId", bootId, NO_ID),
                    fields.required("bootedAt", bootedAt, Instant.EPOCH),
                    fields.number("dramBytes", dramBytes),
                    features == null ? List.of() : features,
                    granules == null ? new TreeMap<>() : granules,
                    fields.required("freeGranules", freeGranules, 0L),
                    leakedGranules == null ? 0 : leakedGranules,
                    freeVmids == null ? OptionalLong.empty() : OptionalLong.of(freeVmids),
                    capabilities == null
                            ? new MachineReport.Capabilities(List.of(), List.of(), List.of(), false)
                            : capabilities.read(),
                    simulated == null || simulated);
            fields.throwIfAny();
            return report;
        }
    }

    record Capabilities(
            @Nullable List<String> ripasModes,
            @Nullable List<String> verdicts,
            @Nullable List<String> hashAlgorithms,
            @Nullable Boolean rpv) {
        MachineReport.Capabilities read() {
            return new MachineReport.Capabilities(
                    orNone(ripasModes), orNone(verdicts), orNone(hashAlgorithms), rpv != null && rpv);
        }
    }

    record Revoked(@Nullable UUID launchId) {
        UUID read() {
            var fields = new Fields();
            UUID revoked = fields.required("launchId", launchId, NO_ID);
            fields.throwIfAny();
            return revoked;
        }
    }

    record Realm(
            @Nullable UUID id,
            @Nullable UUID launchId,
            @Nullable UUID bootId,
            @Nullable String state,
            @Nullable String rim,
            @Nullable Long rmiCallsTotal,
            @Nullable OutcomeDocument outcome,
            @Nullable Problem failure) {
        AgentRealm read() {
            var fields = new Fields();
            var realm = new AgentRealm(
                    fields.required("id", id, NO_ID),
                    fields.required("launchId", launchId, NO_ID),
                    fields.required("bootId", bootId, NO_ID),
                    fields.constant("state", state, AgentRealm.State.class),
                    rim,
                    rmiCallsTotal == null ? 0 : rmiCallsTotal,
                    outcome == null ? null : outcome.read(fields, "outcome"),
                    failure == null ? null : failure.read(0));
            fields.throwIfAny();
            return realm;
        }
    }

    record Problem(
            @Nullable URI type,
            @Nullable Integer status,
            @Nullable String title,
            @Nullable String detail,
            @Nullable String step,
            @Nullable RefusalDocument rmi,
            @Nullable String reason,
            @Nullable List<String> reasons,
            @Nullable UUID realm) {
        AgentProblem read(int httpStatus) {
            String typeText = type == null ? "about:blank" : type.toString();
            String said = detail != null ? detail : title != null ? title : "no reason given";
            return new AgentProblem(
                    status == null ? httpStatus : status,
                    typeText.substring(typeText.lastIndexOf('/') + 1),
                    said,
                    step,
                    rmi == null ? null : rmi.read(new Fields(), "rmi"),
                    Stream.concat(Stream.ofNullable(reason), orNone(reasons).stream())
                            .toList(),
                    realm);
        }
    }

    record Memory(@Nullable List<Run> runs) {
        List<MemoryRun> read() {
            var fields = new Fields();
            List<MemoryRun> read = orNone(runs).stream()
                    .map(run -> new MemoryRun(
                            fields.range("runs", run.base(), run.size()),
                            fields.required("hipas", run.hipas(), ""),
                            fields.required("ripas", run.ripas(), "")))
                    .toList();
            fields.throwIfAny();
            return read;
        }
    }

    record Run(
            @Nullable String base,
            @Nullable String size,
            @Nullable String hipas,
            @Nullable String ripas) {}

    record Measured(
            @Nullable String hashAlgorithm,
            @Nullable String rim,
            @Nullable List<String> rems) {
        Measurements read() {
            var fields = new Fields();
            var measurements = new Measurements(
                    fields.constant("hashAlgorithm", hashAlgorithm, HashAlgorithm.class),
                    fields.required("rim", rim, ""),
                    orNone(rems));
            fields.throwIfAny();
            return measurements;
        }
    }

    /** The agent runs something newer than this service. */
    static final class UnknownProfile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownProfile(String profile) {
            super("The agent names the host profile " + profile + ", which is unknown here.");
        }
    }

    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
