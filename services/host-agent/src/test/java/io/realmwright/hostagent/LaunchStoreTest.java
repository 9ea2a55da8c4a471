package io.realmwright.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.hostagent.grant.Grant;
import io.realmwright.hostagent.json.Fields;
import io.realmwright.hostagent.json.LaunchPlanJson;
import io.realmwright.hostagent.json.RealmSpecJson;
import io.realmwright.hostagent.machine.TraceRecorder;
import io.realmwright.hostagent.realm.CompletedStep;
import io.realmwright.hostagent.realm.LaunchIntent;
import io.realmwright.hostagent.realm.LaunchRequest;
import io.realmwright.hostagent.realm.Progress;
import io.realmwright.hostagent.realm.RealmState;
import io.realmwright.hostagent.realm.RealmStore;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a ledger may offer twice is recorded once. */
class LaunchStoreTest {
    private static final Instant AT = Instant.parse("2026-11-22T20:00:00.123456Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final Agent agent = Agent.shared();
    private final RealmStore store = agent.context().getBean(RealmStore.class);

    @Test
    void everyRecordBearsToBeOfferedTwice() {
        var intent = intent(null);
        assertThat(store.begin(intent)).isEqualTo(RealmStore.Beginning.BEGUN);
        var step = new CompletedStep(LaunchStep.CREATE_REALM, 4, AT);
        var next = new CompletedStep(LaunchStep.INIT_RIPAS, 2, AT);
        var trace = new TraceRecorder(10_000);
        trace.line("{\"call\":\"RMI_REALM_CREATE\"}");
        var launched = progress(intent, trace);
        trace.line("{\"call\":\"RMI_REC_ENTER\"}");
        var ran = progress(intent, trace);
        trace.line("{\"call\":\"RMI_REALM_DESTROY\"}");
        var stopped = progress(intent, trace);

        for (int i = 0; i < 2; i++) {
            store.stepsCompleted(intent.realmId(), List.of(step, next));
        }
        for (int i = 0; i < 2; i++) {
            store.launched(launched, "ab".repeat(32));
        }
        for (int i = 0; i < 2; i++) {
            store.running(intent.realmId(), AT);
        }
        for (int i = 0; i < 2; i++) {
            store.ran(ran, new Outcome.Booted());
        }
        store.stopped(stopped);
        var answered = store.stopped(stopped);

        var realm = store.find("rich", intent.realmId()).orElseThrow();
        assertThat(answered).as("the record, whether or not it changed").isEqualTo(realm);
        assertThat(realm.state()).isEqualTo(RealmState.STOPPED);
        assertThat(realm.steps()).containsExactly(step, next);
        assertThat(realm.leakedGranules()).as("one of each work").isEqualTo(3);
        assertThat(agent.get("/v1/machines/rich/realms/" + intent.realmId() + "/trace")
                        .body())
                .isEqualTo("""
                        {"call":"RMI_REALM_CREATE"}
                        {"call":"RMI_REC_ENTER"}
                        {"call":"RMI_REALM_DESTROY"}
                        """);
    }

    @Test
    void aBeginningThatIsTakenBackLeavesLaunchIdAndGrantUnused() {
        var grant = new Grant(UUID.randomUUID().toString(), "decision", "ab".repeat(32), AT);
        var intent = intent(grant);
        store.begin(intent);

        store.withdraw(intent.realmId());
        store.withdraw(intent.realmId());

        assertThat(store.find("rich", intent.realmId())).isEmpty();
        assertThat(store.begin(intent)).isEqualTo(RealmStore.Beginning.BEGUN);
        assertThat(store.begin(intent)).isEqualTo(RealmStore.Beginning.LAUNCH_ID_USED);
        assertThat(store.begin(intent(grant))).isEqualTo(RealmStore.Beginning.GRANT_USED);
        store.withdraw(intent.realmId());
    }

    @Test
    void aLaunchThatCameToSomethingIsNotTakenBack() {
        var intent = intent(null);
        store.begin(intent);
        store.launched(progress(intent, new TraceRecorder(100)), "ab".repeat(32));

        store.withdraw(intent.realmId());

        assertThat(store.find("rich", intent.realmId())).isPresent();
        store.stopped(progress(intent, new TraceRecorder(100)));
    }

    private LaunchIntent intent(@Nullable Grant grant) {
        var body = LaunchBody.of(agent);
        var request = new LaunchRequest(
                UUID.fromString(body.launchId()),
                "demo",
                Fields.read(JSON.readTree(body.spec()), RealmSpecJson::read),
                Fields.read(JSON.readTree(body.plan()), LaunchPlanJson::read),
                null);
        var boot = UUID.fromString(
                agent.get("/v1/machines/rich").json().path("bootId").stringValue());
        return new LaunchIntent(UUID.randomUUID(), request, "rich", boot, grant, AT);
    }

    private static Progress progress(LaunchIntent intent, TraceRecorder trace) {
        return new Progress(intent.realmId(), new TreeMap<>(trace.rmiCalls()), 1, trace.drain(), AT);
    }
}
