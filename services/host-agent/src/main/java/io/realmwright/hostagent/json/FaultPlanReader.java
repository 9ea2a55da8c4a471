package io.realmwright.hostagent.json;

import io.realmwright.machine.fault.Fault;
import io.realmwright.machine.fault.FaultAction;
import io.realmwright.machine.host.HostProfile;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a fault plan for a machine of one profile. Only what its RMM has can be named: a fault with a misspelt name, or
 * with a command of the other RMM generation, would never happen, and nobody would know.
 */
public final class FaultPlanReader {
    private static final int FAULTS_MAX = 1_000;
    private static final int INDEX_MAX = 255;
    private static final Pattern DURATION = Pattern.compile("PT[0-9.HMS]{1,20}");

    /** A delayed call holds the machine, and everybody who waits for it. */
    private static final Duration DELAY_MAX = Duration.ofMinutes(1);

    private final HostProfile profile;
    private final Map<String, Function<Fields, FaultAction>> actions = Map.of(
            "REFUSE", this::refusal,
            "DELAY", action -> new FaultAction.Delay(duration(action)),
            "PARTIAL_PROGRESS", _ -> new FaultAction.PartialProgress(),
            "POWER_LOSS", _ -> new FaultAction.PowerLoss());

    public FaultPlanReader(HostProfile profile) {
        this.profile = profile;
    }

    public List<Fault> read(Fields plan) {
        return plan.list("faults", FAULTS_MAX, this::fault);
    }

    /**
     * Reads a plan from the text of its document.
     *
     * @throws IllegalArgumentException if it is no JSON or no plan
     */
    public List<Fault> parse(String document) {
        try {
            return Fields.read(JsonMapper.shared().readTree(document), this::read);
        } catch (JacksonException | InvalidFieldsException | UnknownPropertiesException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Fault fault(Fields fault) {
        return new Fault(
                fault.choice("command", profile.rmiCommands()),
                fault.integer("nth", 1, Integer.MAX_VALUE),
                fault.object("action", action -> action.variant("kind", actions)));
    }

    private FaultAction refusal(Fields action) {
        return new FaultAction.Refuse(
                action.choice("status", profile.rmiRefusals()), action.integer("index", 0, INDEX_MAX, 0));
    }

    private static Duration duration(Fields action) {
        var rule = "must be an ISO 8601 duration above zero and up to " + DELAY_MAX;
        var text = action.text("duration", DURATION, rule);
        if (text.isEmpty()) {
            return DELAY_MAX;
        }
        try {
            var duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(DELAY_MAX) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // said below, together with durations that are too long
        }
        action.reject("duration", rule);
        return DELAY_MAX;
    }
}
