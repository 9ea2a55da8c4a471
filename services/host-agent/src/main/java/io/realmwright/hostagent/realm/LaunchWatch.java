package io.realmwright.hostagent.realm;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.realmwright.hostagent.machine.Boot;
import io.realmwright.machine.host.LaunchStep;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Times a launch and each of its steps, as metrics and as spans, and tells the log which launch it is about. */
final class LaunchWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LaunchWatch.class);

    private final LaunchIntent intent;
    private final String machine;
    private final ObservationRegistry observations;
    private final Observation whole;
    private @Nullable Observation step;
    private long rmiCalls;

    LaunchWatch(LaunchIntent intent, Boot boot, ObservationRegistry observations) {
        this.intent = intent;
        this.machine = boot.machine();
        this.observations = observations;
        var plan = intent.request().plan();
        this.whole = Observation.createNotStarted("realmwright.machine.launch", observations)
                .contextualName("launch")
                .lowCardinalityKeyValue("machine", machine)
                .lowCardinalityKeyValue("mode", plan.mode().kind())
                .lowCardinalityKeyValue("outcome", "BROKEN_OFF");
        context().forEach((name, value) -> whole.highCardinalityKeyValue(KeyValue.of("realmwright." + name, value)));
    }

    private Map<String, String> context() {
        var context = new LinkedHashMap<String, String>();
        context.put("realm", intent.request().name());
        context.put("realmId", intent.realmId().toString());
        context.put("launchId", intent.request().launchId().toString());
        context.put("machine", machine);
        if (intent.grant() != null) {
            context.put("decisionId", intent.grant().decisionId());
        }
        return context;
    }

    LaunchAnswer over(Supplier<LaunchAnswer> launch) {
        context().forEach(MDC::put);
        whole.start();
        try (var _ = whole.openScope()) {
            begin();
            LaunchAnswer answer = launch.get();
            String outcome = outcome(answer);
            whole.lowCardinalityKeyValue("outcome", outcome);
            LOG.atInfo()
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("rmiCalls", rmiCalls)
                    .log("A launch has ended");
            return answer;
        } catch (RuntimeException e) {
            whole.error(e);
            throw e;
        } finally {
            whole.highCardinalityKeyValue("realmwright.rmiCalls", Long.toString(rmiCalls));
            whole.stop();
            context().keySet().forEach(MDC::remove);
        }
    }

    /** A step tells of itself when it ends; what was begun for it gets its name only then. */
    void completed(LaunchStep completed, long calls) {
        rmiCalls += calls;
        if (step != null) {
            step.contextualName(completed.name())
                    .lowCardinalityKeyValue("step", completed.name())
                    .highCardinalityKeyValue("realmwright.rmiCalls", Long.toString(calls))
                    .stop();
        }
        begin();
    }

    private void begin() {
        step = Observation.createNotStarted("realmwright.machine.launch.step", observations)
                .lowCardinalityKeyValue("machine", machine)
                .parentObservation(whole)
                .start();
    }

    private static String outcome(LaunchAnswer answer) {
        return switch (answer) {
            case LaunchAnswer.Launched _ -> "LAUNCHED";
            case LaunchAnswer.Failed(var _, var failure) ->
                switch (failure) {
                    case LaunchFailure.RefusedByRmm _ -> "REFUSED_BY_RMM";
                    case LaunchFailure.OutOfGranules _ -> "OUT_OF_GRANULES";
                    case LaunchFailure.OutOfVmids _ -> "OUT_OF_VMIDS";
                    case LaunchFailure.Unavailable _ -> "UNAVAILABLE";
                    case LaunchFailure.Invalid _ -> "INVALID";
                };
            default -> "NOT_BEGUN";
        };
    }
}
