package io.realmwright.chaos;

import io.realmwright.chaos.Load.Wanted;
import io.realmwright.processes.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What is there after a round, as the services tell it, held against what was promised. */
final class Findings {
    private static final Set<String> ON_A_MACHINE = Set.of("ACTIVE", "RUNNING");
    private static final Set<String> AT_REST = Set.of("STOPPED", "FAILED", "LOST", "DENIED");

    private final Map<String, JsonNode> realms;
    private final List<Held> held;
    private final Map<String, JsonNode> machines;

    /** A realm that an agent has on one of its machines. */
    private record Held(String machine, String name, String launchId) {}

    private Findings(Map<String, JsonNode> realms, List<Held> held, Map<String, JsonNode> machines) {
        this.realms = realms;
        this.held = held;
        this.machines = machines;
    }

    /** Asks deployer-policy first: once it says that all is settled, nothing moves on the machines any more. */
    static Findings of(Subjects subjects) {
        Map<String, JsonNode> realms = pages(subjects.policyApi(1), "/v1/realms", "realms");
        var held = new ArrayList<Held>();
        var machines = new HashMap<String, JsonNode>();
        for (Subjects.Machine machine : subjects.machines()) {
            machines.put(machine.name(), machine.describe());
            pages(machine.api(), "/v1/machines/" + machine.name() + "/realms", "realms").values().stream()
                    .filter(realm -> ON_A_MACHINE.contains(realm.path("state").asString()))
                    .forEach(realm -> held.add(new Held(
                            machine.name(),
                            realm.path("name").asString(),
                            realm.path("launchId").asString())));
        }
        return new Findings(realms, held, machines);
    }

    private static Map<String, JsonNode> pages(Api api, String path, String member) {
        var all = new TreeMap<String, JsonNode>();
        String next = "";
        do {
            JsonNode page = api.get(path + "?pageSize=500" + (next.isEmpty() ? "" : "&pageToken=" + next));
            page.path(member)
                    .forEach(element -> all.put(
                            element.path(element.has("launchId") ? "id" : "name")
                                    .asString(),
                            element));
            next = page.path("nextPageToken").asString("");
        } while (!next.isEmpty());
        return all;
    }

    /** Whether everybody is where he is wanted, and nobody is on the way. */
    boolean isSettled(Map<String, Wanted> wanted) {
        return realms.keySet().stream().noneMatch(name -> wanted.get(name) == Wanted.DELETE)
                && realms.values().stream().allMatch(realm -> isSettled(realm, wanted))
                && unheld().isEmpty()
                && leaks().isEmpty();
    }

    private static boolean isSettled(JsonNode realm, Map<String, Wanted> wanted) {
        JsonNode status = realm.path("status");
        String phase = status.path("phase").asString();
        boolean isObserved = realm.path("generation").equals(status.path("observedGeneration"));
        boolean isOver = phase.equals("FAILED")
                || switch (wanted.getOrDefault(realm.path("name").asString(), Wanted.RUN)) {
                    case RUN -> phase.equals("RUNNING") && status.has("outcome");
                    case STOP -> AT_REST.contains(phase);
                    case DELETE -> false;
                };
        return isObserved && isOver;
    }

    /** Realms that were accepted, not deleted, and are not there. */
    List<String> lost(Map<String, Wanted> wanted) {
        return wanted.entrySet().stream()
                .filter(realm -> realm.getValue() != Wanted.DELETE && !realms.containsKey(realm.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Realms that are said to run, and no machine has them: one that lost its power, and nobody has noticed. */
    List<String> unheld() {
        Set<String> launches = held.stream().map(Held::launchId).collect(Collectors.toSet());
        return running()
                .filter(realm -> !launches.contains(launchId(realm)))
                .map(realm -> realm.path("name").asString() + " is on no machine")
                .toList();
    }

    /** Realms that hold memory of a machine and are nobody's. */
    List<String> leaks() {
        Set<String> known = running().map(Findings::launchId).collect(Collectors.toSet());
        return held.stream()
                .filter(realm -> !known.contains(realm.launchId()))
                .map(realm -> "realm " + realm.name() + " on " + realm.machine())
                .toList();
    }

    private Stream<JsonNode> running() {
        return realms.values().stream()
                .filter(realm -> realm.path("status").path("phase").asString().equals("RUNNING"));
    }

    private static String launchId(JsonNode realm) {
        return realm.path("status").path("launchId").asString();
    }

    /** Granules of each machine that are neither free, nor held by a realm, nor counted as leaked by the machine. */
    List<String> missingGranules(List<Subjects.Machine> all) {
        var missing = new ArrayList<String>();
        for (Subjects.Machine machine : all) {
            JsonNode now = Objects.requireNonNull(machines.get(machine.name()));
            long inUse = running()
                    .map(realm -> realm.path("status"))
                    .filter(status -> status.path("host").asString().equals(machine.name()))
                    .mapToLong(
                            status -> status.path("forecast").path("granules").asLong())
                    .sum();
            long difference = machine.granules()
                    - inUse
                    - now.path("freeGranules").asLong()
                    - now.path("leakedGranules").asLong();
            if (difference != 0) {
                missing.add(difference + " granules of " + machine.name());
            }
        }
        return missing;
    }

    /** Realms of which more than one machine, or one machine twice, holds something. */
    List<String> duplicates() {
        var names = new HashSet<String>();
        return held.stream().map(Held::name).filter(name -> !names.add(name)).toList();
    }

    /** Granules that machines lost to failed undelegations, as they themselves count and show them. */
    long countedLeaks() {
        return machines.values().stream()
                .mapToLong(machine -> machine.path("leakedGranules").asLong())
                .sum();
    }

    int realmsHeld() {
        return held.size();
    }

    /** What is not as it should be, for people. */
    String unsettled(Map<String, Wanted> wanted) {
        var text = new StringBuilder();
        realms.values().stream()
                .filter(realm -> !isSettled(realm, wanted))
                .limit(5)
                .forEach(realm -> text.append("  ")
                        .append(realm.path("name").asString())
                        .append(" wanted ")
                        .append(wanted.get(realm.path("name").asString()))
                        .append(" is ")
                        .append(realm.path("status").path("phase").asString())
                        .append(' ')
                        .append(realm.path("status").path("reason").asString(""))
                        .append(", generation ")
                        .append(realm.path("generation"))
                        .append(" observed ")
                        .append(realm.path("status").path("observedGeneration"))
                        .append('\n'));
        return text.append("  ").append(unheld()).append(leaks()).toString();
    }
}
