package io.realmwright.deployerpolicy.realm;

import java.util.List;
import org.slf4j.MDC;

/** What log lines are about while somebody works on a realm; structured logs show it beside each line. */
final class LogContext implements AutoCloseable {
    private static final List<String> KEYS = List.of("realm", "decisionId", "launchId", "host");

    private LogContext() {}

    static LogContext of(Realm realm) {
        MDC.put("realm", realm.request().name());
        realm.state().lastDecision().ifPresent(decision -> MDC.put("decisionId", decision.toString()));
        realm.state().lastLaunch().ifPresent(launch -> {
            MDC.put("launchId", launch.id().toString());
            MDC.put("host", launch.host());
        });
        return new LogContext();
    }

    @Override
    public void close() {
        KEYS.forEach(MDC::remove);
    }
}
