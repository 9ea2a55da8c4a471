package io.realmwright.deployerpolicy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.audit.AuditEvent;
import io.realmwright.deployerpolicy.event.Happening;
import io.realmwright.deployerpolicy.realm.Goal;
import io.realmwright.deployerpolicy.realm.Realm;
import io.realmwright.deployerpolicy.realm.RealmRequest.RestartPolicy;
import io.realmwright.deployerpolicy.realm.RealmState;
import io.realmwright.deployerpolicy.simulation.SimulatedAgent.Launched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** What has to be true of a world in which everything has been well for long enough. */
final class Verdict {
    private final Simulation simulation;
    private final World world;
    private final long granulesOfARealm;

    Verdict(Simulation simulation, long granulesOfARealm) {
        this.simulation = simulation;
        this.world = simulation.world;
        this.granulesOfARealm = granulesOfARealm;
    }

    void pass() {
        nothingIsLost();
        nothingIsActivatedTwice();
        everyRealmIsWhereItIsSaidToBe();
        granulesAreConserved();
        everybodyIsWhereHeIsWanted();
        nothingIsLeftToDo();
        eventsTellTheStory();
        theTrailHasEveryDecisionAndGrantOnce();
    }

    private List<Realm> realms() {
        return world.tables.realms.values().stream().map(Tables.RealmRow::realm).toList();
    }

    private void nothingIsLost() {
        Set<String> expected = new TreeSet<>(simulation.accepted);
        expected.removeAll(simulation.deleted);
        assertThat(realms().stream().map(realm -> realm.request().name()).sorted())
                .as("realms that were accepted and not deleted, each once")
                .containsExactlyElementsOf(expected);
    }

    private void nothingIsActivatedTwice() {
        world.machines.forEach(
                (name, machine) -> assertThat(machine.agent().activations().values())
                        .as("activations of each launch on %s", name)
                        .allMatch(count -> count == 1));
    }

    private void everyRealmIsWhereItIsSaidToBe() {
        Set<UUID> wanted = realms().stream()
                .filter(realm -> realm.state().needsItsHost())
                .flatMap(realm -> realm.state().lastLaunch().stream())
                .map(launch -> launch.id())
                .collect(Collectors.toCollection(HashSet::new));
        Set<UUID> live = world.machines.values().stream()
                .flatMap(machine -> machine.agent().onTheMachine().stream())
                .map(launched -> launched.request.launchId())
                .collect(Collectors.toSet());
        assertThat(live).as("launches that hold memory of a host").isEqualTo(wanted);
    }

    private void granulesAreConserved() {
        world.machines.forEach((name, machine) -> {
            SimulatedAgent agent = machine.agent();
            long leaked = agent.leaked();
            assertThat(agent.freeGranules() + leaked + agent.onTheMachine().size() * granulesOfARealm)
                    .as("granules of %s", name)
                    .isEqualTo(SimulatedAgent.GRANULES);
            assertThat(Objects.requireNonNull(world.tables.hosts.get(name))
                            .report()
                            .orElseThrow()
                            .leakedGranules())
                    .as("leaks of %s as they are shown", name)
                    .isEqualTo(leaked);
        });
    }

    private void everybodyIsWhereHeIsWanted() {
        for (Realm realm : realms()) {
            assertThat(isWhereItIsWanted(realm))
                    .as(
                            "%s wants %s and is %s: %s",
                            realm.request().name(), realm.goal(), realm.state(), realm.conditions())
                    .isTrue();
            assertThat(realm.wanted().observedGeneration())
                    .as("observed generation of %s", realm.request().name())
                    .isEqualTo(realm.wanted().generation());
        }
    }

    private boolean isWhereItIsWanted(Realm realm) {
        boolean stopped = realm.goal() == Goal.STOP;
        return switch (realm.state()) {
            case RealmState.Running(var launch, var incarnation) ->
                !stopped && incarnation.outcome() != null && isOn(launch.id(), launch.host());
            case RealmState.Stopped _ -> stopped;
            case RealmState.Failed _ -> true;
            case RealmState.Lost _ -> stopped || realm.request().restartPolicy() == RestartPolicy.NEVER;
            // Only if there is no room: the machines are small, and some have leaked.
            case RealmState.Decided _ -> !stopped && everyHostIsFull();
            case RealmState.Pending(),
                    RealmState.Placed _,
                    RealmState.Launching _,
                    RealmState.Active _,
                    RealmState.Denied _ -> false;
        };
    }

    private boolean isOn(UUID launch, String host) {
        Launched launched = world.machine(host).agent().launchedBy(launch);
        return launched != null && launched.isOnTheMachine();
    }

    private boolean everyHostIsFull() {
        return world.machines.values().stream()
                .allMatch(machine -> machine.agent().freeGranules() < granulesOfARealm
                        || machine.agent().realmsOnTheMachine() >= SimulatedAgent.VMIDS);
    }

    private void nothingIsLeftToDo() {
        assertThat(world.tables.revocations)
                .as("launches that a host has yet to hear are void")
                .isEmpty();
        Set<UUID> waiting = realms().stream()
                .filter(realm -> realm.state() instanceof RealmState.Decided)
                .map(Realm::id)
                .collect(Collectors.toSet());
        assertThat(world.tables.tasks.keySet().stream().map(Tables.TaskKey::instance))
                .as("tasks")
                .allMatch(waiting::contains);
    }

    private void theTrailHasEveryDecisionAndGrantOnce() {
        assertThat(audited(AuditEvent.DECIDED, "decisionId"))
                .as("decisions in the audit trail")
                .containsExactlyInAnyOrderElementsOf(texts(world.tables.decisions.keySet()));
        assertThat(audited(AuditEvent.GRANTED, "grantId"))
                .as("grants in the audit trail")
                .containsExactlyInAnyOrderElementsOf(texts(world.tables.grants.keySet()));
    }

    private List<String> audited(AuditEvent event, String member) {
        return world.tables.audit.stream()
                .filter(row -> row.event() == event)
                .map(row -> String.valueOf(row.details().get(member)))
                .toList();
    }

    private static List<String> texts(Set<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private void eventsTellTheStory() {
        Map<String, Happening> last = new HashMap<>();
        for (Happening happening : world.tables.happenings) {
            if (happening.subject() == Happening.Subject.REALM) {
                Happening before = last.put(happening.name(), happening);
                boolean goesOn = before != null && happening.change() == Happening.Change.CHANGED;
                assertThat(!goesOn || happening.version() > before.version())
                        .as("%s after %s", happening, before)
                        .isTrue();
            }
        }
        for (Realm realm : realms()) {
            assertThat(Objects.requireNonNull(last.get(realm.request().name())).state())
                    .as("the last event of %s", realm.request().name())
                    .isEqualTo(realm.phase().name());
        }
    }
}
