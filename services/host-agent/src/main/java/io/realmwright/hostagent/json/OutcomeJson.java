package io.realmwright.hostagent.json;

import io.realmwright.machine.guest.Access;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.RmiRefusal;
import io.realmwright.machine.spec.Ipa;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How a run ended, and what the RMM said when it refused, as JSON. */
public final class OutcomeJson {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private static final Map<String, Function<Fields, Outcome>> OUTCOMES = Map.of(
            "BOOTED", _ -> new Outcome.Booted(),
            "POWERED_OFF", _ -> new Outcome.PoweredOff(),
            "STALLED", outcome -> new Outcome.Stalled(outcome.oneOf("reason", Outcome.Stalled.Reason.class)),
            "FAULTED", OutcomeJson::readFaulted,
            "HOST_FAILED", outcome -> new Outcome.HostFailed(outcome.object("rmi", OutcomeJson::readRefusal)));

    private OutcomeJson() {}

    public static Outcome read(Fields outcome) {
        return outcome.variant("kind", OUTCOMES);
    }

    private static Outcome readFaulted(Fields outcome) {
        return new Outcome.Faulted(
                outcome.oneOf("access", Access.class),
                new Ipa(outcome.hex("ipa")),
                name(outcome, "hipas"),
                name(outcome, "ripas"),
                outcome.integer("step", 0, Integer.MAX_VALUE),
                outcome.bool("visibleToHost", false));
    }

    public static RmiRefusal readRefusal(Fields rmi) {
        return new RmiRefusal(
                name(rmi, "command"),
                name(rmi, "status"),
                rmi.integer("index", 0, 255),
                rmi.has("ipa") ? new Ipa(rmi.hex("ipa")) : null);
    }

    private static String name(Fields fields, String property) {
        return fields.text(property, NAME, "must be a name of the RMM specification");
    }

    public static ObjectNode write(Outcome outcome) {
        var json = JsonNodeFactory.instance.objectNode().put("kind", outcome.kind());
        return switch (outcome) {
            case Outcome.Booted(), Outcome.PoweredOff() -> json;
            case Outcome.Stalled(var reason) -> json.put("reason", reason.name());
            case Outcome.Faulted faulted ->
                json.put("access", faulted.access().name())
                        .put("ipa", faulted.ipa().toString())
                        .put("hipas", faulted.hipas())
                        .put("ripas", faulted.ripas())
                        .put("step", faulted.step())
                        .put("visibleToHost", faulted.visibleToHost());
            case Outcome.HostFailed(var refusal) -> json.set("rmi", write(refusal));
        };
    }

    public static ObjectNode write(RmiRefusal refusal) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("command", refusal.command())
                .put("status", refusal.status())
                .put("index", refusal.index())
                .put("ipa", text(refusal.ipa()));
    }

    private static @Nullable String text(@Nullable Ipa ipa) {
        return ipa == null ? null : ipa.toString();
    }
}
