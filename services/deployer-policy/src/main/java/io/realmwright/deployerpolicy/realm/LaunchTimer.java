package io.realmwright.deployerpolicy.realm;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.realmwright.deployerpolicy.host.AgentAnswer;
import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.deployerpolicy.host.Host;
import java.util.function.Supplier;

/** Times launches, from the call to the host's agent to its answer. */
final class LaunchTimer {
    private LaunchTimer() {}

    static AgentAnswer<AgentRealm> time(Host host, Launch launch, Supplier<AgentAnswer<AgentRealm>> call) {
        Timer.Sample sample = Timer.start(Metrics.globalRegistry);
        AgentAnswer<AgentRealm> answer = call.get();
        sample.stop(Metrics.timer(
                "realmwright.launch",
                "outcome",
                outcome(answer),
                "profile",
                host.report().map(report -> report.profile().profileName()).orElse("unknown"),
                "mode",
                launch.plan().mode().kind()));
        return answer;
    }

    private static String outcome(AgentAnswer<AgentRealm> answer) {
        return switch (answer) {
            case AgentAnswer.Ok<AgentRealm>(var realm) ->
                switch (realm.state()) {
                    case ACTIVE, RUNNING -> "LAUNCHED";
                    case LAUNCHING, STOPPED, FAILED, LOST -> realm.state().name();
                };
            case AgentAnswer.Refused<AgentRealm> _ -> "REFUSED";
            case AgentAnswer.NoAnswer<AgentRealm> _ -> "NO_ANSWER";
        };
    }
}
