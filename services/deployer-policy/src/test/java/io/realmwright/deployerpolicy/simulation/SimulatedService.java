package io.realmwright.deployerpolicy.simulation;

import io.realmwright.deployerpolicy.actor.Actors;
import io.realmwright.deployerpolicy.decision.DecisionDigests;
import io.realmwright.deployerpolicy.decision.Facts;
import io.realmwright.deployerpolicy.decision.RememberedRehearsals;
import io.realmwright.deployerpolicy.decision.RuleEvaluator;
import io.realmwright.deployerpolicy.decision.RuleTrace;
import io.realmwright.deployerpolicy.decision.Vocabulary;
import io.realmwright.deployerpolicy.event.EventFeed;
import io.realmwright.deployerpolicy.grant.GrantClaims;
import io.realmwright.deployerpolicy.grant.GrantProperties;
import io.realmwright.deployerpolicy.grant.GrantSigner;
import io.realmwright.deployerpolicy.host.HostProperties;
import io.realmwright.deployerpolicy.host.Hosts;
import io.realmwright.deployerpolicy.image.ImageContents;
import io.realmwright.deployerpolicy.label.Labels;
import io.realmwright.deployerpolicy.policy.Effect;
import io.realmwright.deployerpolicy.policy.PolicyCompiler;
import io.realmwright.deployerpolicy.policy.PolicyContent;
import io.realmwright.deployerpolicy.policy.PolicyDigests;
import io.realmwright.deployerpolicy.policy.PolicyRevision;
import io.realmwright.deployerpolicy.policy.PolicyStore;
import io.realmwright.deployerpolicy.policy.RipasChoice;
import io.realmwright.deployerpolicy.policy.Rule;
import io.realmwright.deployerpolicy.policy.VerdictChoice;
import io.realmwright.deployerpolicy.quota.Quotas;
import io.realmwright.deployerpolicy.realm.RealmProperties;
import io.realmwright.deployerpolicy.realm.RealmWorker;
import io.realmwright.deployerpolicy.realm.Realms;
import io.realmwright.deployerpolicy.realm.Revoking;
import io.realmwright.machine.spec.MeasuredContents;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.web.bind.annotation.RestController;

/** The real service without its adapters: in their place is the simulated world. */
final class SimulatedService implements AutoCloseable {
    private final AnnotationConfigApplicationContext context = wired();
    private final Surroundings surroundings = context.getBean(Surroundings.class);

    private static AnnotationConfigApplicationContext wired() {
        var context = new AnnotationConfigApplicationContext();
        context.register(Wiring.class);
        RememberedRehearsals.registerIn(context);
        context.refresh();
        return context;
    }

    /** What the wiring takes from the world of the run; everything that asks gets the present one. */
    static final class Surroundings extends Clock {
        World world = World.nowhere();

        @Override
        public Instant instant() {
            return world.stage.instant();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private int runs;

    /** Begins another run, in which nothing is remembered of the ones before: every host has an address of its own. */
    void belongTo(World world) {
        runs++;
        surroundings.world = world;
        context.getBean(SimulatedDatabase.class).belongTo(world);
        context.getBean(SimulatedNetwork.class).belongTo(world);
    }

    URI urlOf(String host) {
        return URI.create("http://" + host + ".run-" + runs);
    }

    Realms realms() {
        return context.getBean(Realms.class);
    }

    Hosts hosts() {
        return context.getBean(Hosts.class);
    }

    Quotas quotas() {
        return context.getBean(Quotas.class);
    }

    /** What a host gives to a realm of this kind, found out by a rehearsal. */
    long granulesOf(Realms.Order order) {
        return RememberedRehearsals.granulesOf(context, order.question());
    }

    Replica.Service parts() {
        return new Replica.Service(
                context.getBean(SimulatedDatabase.class),
                hosts(),
                context.getBean(SimulatedNetwork.class),
                context.getBean(RealmWorker.class),
                context.getBean(Revoking.class));
    }

    @Override
    public void close() {
        context.close();
    }

    /** Not annotated as a configuration, for the tests of the whole service would find it. */
    @EnableTransactionManagement(proxyTargetClass = true)
    @ComponentScan(
            basePackages = "io.realmwright.deployerpolicy",
            lazyInit = true, // so that only what realms need is made
            excludeFilters = {
                @ComponentScan.Filter(
                        type = FilterType.ANNOTATION,
                        classes = {Configuration.class, RestController.class, Controller.class, Repository.class}),
                @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = EventFeed.class),
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = {
                            ".*\\.(rest|jdbc|json|cel|jose|agentclient|scheduler|start|problem|security|simulation|testing|idempotency|config)\\..*",
                            ".*\\.(HostPoller|ConfiguredHosts|Overdue|Rehearsal|DeployerPolicyApplication)"
                        })
            })
    static class Wiring {
        @Bean
        Surroundings clock() {
            return new Surroundings();
        }

        @Bean
        Supplier<UUID> ids(Surroundings surroundings) {
            return () -> surroundings.world.newId();
        }

        @Bean
        RandomGenerator random(Surroundings surroundings) {
            return () -> surroundings.world.random.nextLong();
        }

        /** Nobody tries out drafts here. */
        @Bean
        PolicyCompiler compiler() {
            return content -> List.of();
        }

        @Bean
        PolicyDigests digests() {
            return content -> {
                throw new UnsupportedOperationException("drafts alone need a digest");
            };
        }

        @Bean
        SimulatedDatabase database() {
            return new SimulatedDatabase();
        }

        @Bean
        SimulatedNetwork network() {
            return new SimulatedNetwork();
        }

        @Bean
        SimulatedRealms realmStore(SimulatedDatabase database, Clock clock) {
            return new SimulatedRealms(database, clock);
        }

        @Bean
        SimulatedStores.Hosts hostStore(SimulatedDatabase database) {
            return new SimulatedStores.Hosts(database);
        }

        @Bean
        SimulatedStores.Decisions decisionStore(SimulatedDatabase database) {
            return new SimulatedStores.Decisions(database);
        }

        @Bean
        SimulatedStores.Grants grantStore(SimulatedDatabase database) {
            return new SimulatedStores.Grants(database);
        }

        @Bean
        SimulatedStores.Quotas quotaStore(SimulatedDatabase database) {
            return new SimulatedStores.Quotas(database);
        }

        @Bean
        SimulatedStores.Revocations revocationStore(SimulatedDatabase database) {
            return new SimulatedStores.Revocations(database);
        }

        @Bean
        SimulatedStores.Events eventLog(SimulatedDatabase database) {
            return new SimulatedStores.Events(database);
        }

        @Bean
        SimulatedStores.Audit auditStore(SimulatedDatabase database) {
            return new SimulatedStores.Audit(database);
        }

        @Bean
        Actors actors() {
            return () -> Actors.SERVICE;
        }

        @Bean
        DecisionDigests decisionDigests() {
            return decision -> "00".repeat(32);
        }

        @Bean
        SimulatedStores.Loads hostLoads(SimulatedDatabase database) {
            return new SimulatedStores.Loads(database);
        }

        @Bean
        HostProperties hostProperties() {
            return new HostProperties(
                    Duration.ofSeconds(2),
                    64,
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    null,
                    List.of());
        }

        @Bean
        RealmProperties realmProperties() {
            return new RealmProperties(
                    Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofDays(1));
        }

        @Bean
        GrantProperties grantProperties() {
            return new GrantProperties(Path.of("none"), "", false, Duration.ofMinutes(10));
        }

        @Bean
        GrantSigner signer(Surroundings surroundings) {
            return new GrantSigner() {
                @Override
                public String sign(GrantClaims claims) {
                    return surroundings.world.sign(claims.id());
                }

                @Override
                public String publicKeys() {
                    return "{\"keys\":[]}";
                }
            };
        }

        /** Everything is allowed: what a policy decides is the subject of other tests. */
        @Bean
        RuleEvaluator evaluator() {
            return new RuleEvaluator() {
                @Override
                public Questions about(PolicyRevision revision, Facts facts, Detail detail) {
                    return rule -> new RuleTrace(rule.name(), rule.when(), RuleTrace.Result.MATCHED, null, List.of());
                }

                @Override
                public Vocabulary vocabulary(PolicyRevision revision, Facts facts) {
                    return new Vocabulary(Set.of(), Set.of(), Set.of());
                }
            };
        }

        @Bean
        PolicyStore policyStore() {
            var rule = new Rule(
                    "all",
                    "true",
                    new Effect.Allow(
                            new RipasChoice.HostAllMemslots(),
                            new VerdictChoice.Accept(),
                            MeasuredContents.AS_SPECIFIED,
                            false,
                            Optional.empty()));
            var content = new PolicyContent("of a simulation", Optional.of(Labels.NONE), List.of(rule));
            var revision =
                    new PolicyRevision("p", 1, "00".repeat(32), content, "somebody", Instant.EPOCH, Instant.EPOCH);
            return only(PolicyStore.class, "published", List.of(revision));
        }

        @Bean
        ImageContents imageContents() {
            return only(ImageContents.class, "put", true);
        }

        /** A port of which the simulated runs use one method only. */
        private static <T> T only(Class<T> port, String method, Object answer) {
            return port.cast(
                    Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, called, arguments) -> {
                        if (called.getName().equals(method)) {
                            return answer;
                        }
                        throw new UnsupportedOperationException(called.getName());
                    }));
        }
    }
}
