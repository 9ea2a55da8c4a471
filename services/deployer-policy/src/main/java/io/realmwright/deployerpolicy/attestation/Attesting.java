package io.realmwright.deployerpolicy.attestation;

import io.micrometer.core.instrument.Metrics;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.grant.Grants;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Agents;
import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.realm.Incarnation;
import io.realmwright.deployerpolicy.realm.Launch;
import io.realmwright.deployerpolicy.realm.Phase;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.realm.Realms;
import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.spec.PersonalizationValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Has a running realm make a token, and appraises it. No transaction is open while it waits for the agent. */
@Service
public class Attesting {
    private static final int CHALLENGE_BYTES = 64;

    private final Realms realms;
    private final Hosts hosts;
    private final Agents agents;
    private final Grants grants;
    private final EvidenceDecoder decoder;
    private final PlatformReferences references;
    private final AttestationStore store;
    private final AttestationRecords records;
    private final RandomGenerator random;
    private final Supplier<UUID> ids;

    Attesting(
            Realms realms,
            Hosts hosts,
            Agents agents,
            Grants grants,
            EvidenceDecoder decoder,
            PlatformReferences references,
            AttestationStore store,
            AttestationRecords records,
            RandomGenerator random,
            Supplier<UUID> ids) {
        this.realms = realms;
        this.hosts = hosts;
        this.agents = agents;
        this.grants = grants;
        this.decoder = decoder;
        this.references = references;
        this.store = store;
        this.records = records;
        this.random = random;
        this.ids = ids;
    }

    /** What came of it. */
    public sealed interface Answer {
        record Appraised(Attestation attestation) implements Answer {}

        record UnknownRealm(String name) implements Answer {}

        /** Its guest does not run, so far as is known here. */
        record NotRunning(Phase phase) implements Answer {}

        record ChallengeUsed() implements Answer {}

        /** The agent would not or could not answer. */
        record NoToken(AgentAnswer<byte[]> answer) implements Answer {}
    }

    /** A realm that runs, where, and since which launch. */
    private record Runs(Realm realm, Launch launch, Incarnation incarnation, Host host, MachineReport machine) {}

    /**
     * Has a realm make a fresh token, and appraises it.
     *
     * @param wanted a challenge of 128 hexadecimal digits; one is drawn if there is none
     */
    public Answer attest(String name, Optional<String> wanted) {
        Optional<Realm> realm = realms.find(name);
        if (realm.isEmpty()) {
            return new Answer.UnknownRealm(name);
        }
        return running(realm.get())
                .map(runs -> attest(runs, wanted.orElseGet(this::challenge)))
                .orElseGet(() -> new Answer.NotRunning(realm.get().phase()));
    }

    private Optional<Runs> running(Realm realm) {
        if (realm.state() instanceof RealmState.Running(var launch, var incarnation)
                && incarnation.outcome() instanceof Outcome.Booted) {
            return hosts.find(launch.host())
                    .flatMap(host -> host.report().map(report -> new Runs(realm, launch, incarnation, host, report)));
        }
        return Optional.empty();
    }

    private String challenge() {
        byte[] challenge = new byte[CHALLENGE_BYTES];
        random.nextBytes(challenge);
        return HexFormat.of().formatHex(challenge);
    }

    private Answer attest(Runs runs, String challenge) {
        if (!records.use(challenge)) {
            return new Answer.ChallengeUsed();
        }
        AgentAnswer<byte[]> answer =
                agents.token(runs.host().address(), runs.incarnation().agentRealm(), challenge);
        return switch (answer) {
            case AgentAnswer.Ok<byte[]>(byte[] token) -> appraise(runs, challenge, token);
            case AgentAnswer.Refused<byte[]>(var problem) -> {
                if (problem.is("realm-not-running")) {
                    learnHowItEnded(runs);
                }
                yield new Answer.NoToken(answer);
            }
            case AgentAnswer.NoAnswer<byte[]> _ -> new Answer.NoToken(answer);
        };
    }

    /** The guest is not what it is known for here; it may have died of this very challenge. */
    private void learnHowItEnded(Runs runs) {
        if (agents.realm(runs.host().address(), runs.incarnation().agentRealm())
                instanceof AgentAnswer.Ok<AgentRealm>(var answer)) {
            records.ended(runs.realm().id(), runs.launch().id(), answer);
        }
    }

    private Answer appraise(Runs runs, String challenge, byte[] token) {
        Appraisal appraisal = switch (decoder.decode(token)) {
            case Decoding.Malformed malformed -> Appraisal.of(malformed);
            case Decoding.Decoded(var evidence) -> {
                var platform = evidence.platform().claims();
                var reference = references.find(platform.implementationId(), platform.instanceId());
                yield Appraisal.of(evidence, reference, expectations(runs, challenge));
            }
        };
        var attestation = new Attestation(
                ids.get(),
                runs.realm().id(),
                runs.realm().request().name(),
                runs.launch().id(),
                runs.host().name(),
                challenge,
                token,
                appraisal,
                records.now());
        records.record(attestation);
        Metrics.counter("realmwright.attestations", "result", appraisal.status().name())
                .increment();
        return new Answer.Appraised(attestation);
    }

    private Expectations expectations(Runs runs, String challenge) {
        var spec = runs.realm().request().spec();
        return new Expectations(
                challenge,
                runs.machine().profile(),
                spec.hashAlgorithm(),
                grantBinding(runs),
                runs.realm().forecast().flatMap(Attesting::measured),
                ripasReadings(spec.guest()));
    }

    private PersonalizationValue grantBinding(Runs runs) {
        return grants.find(runs.launch().grantId())
                .map(grant -> Grants.bind(runs.launch().plan(), runs.machine().profile(), grant))
                .orElseThrow()
                .rpv();
    }

    private static Optional<Expectations.Measured> measured(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Ran ran -> Optional.of(new Expectations.Measured(ran.rim(), ran.rems()));
            case Forecast.RefusedByRmm _, Forecast.OutOfGranules _ -> Optional.empty();
        };
    }

    private static Set<Integer> ripasReadings(Guest guest) {
        return switch (guest) {
            case Guest.Profile _ -> Set.of();
            case Guest.Custom(var program) ->
                program.steps().stream()
                        .filter(GuestStep.MeasureRipas.class::isInstance)
                        .map(step -> ((GuestStep.MeasureRipas) step).rem())
                        .collect(Collectors.toSet());
        };
    }

    public Optional<Attestation> find(String realm, UUID id) {
        return store.find(realm, id);
    }

    /** A realm's attestations, the latest first; empty if there is no such realm. */
    public Optional<List<Attestation>> list(String realm, Optional<UUID> before, int limit) {
        return realms.find(realm).map(found -> store.list(found.id(), before, limit));
    }
}
