package io.realmwright.deployerpolicy.decision.json;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.json.Hex;
import io.realmwright.deployerpolicy.spec.json.OutcomeDocument;
import io.realmwright.deployerpolicy.spec.json.RefusalDocument;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.spec.HashAlgorithm;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a rehearsal came to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "RAN", value = ForecastDocument.Ran.class),
    @JsonSubTypes.Type(name = "REFUSED_BY_RMM", value = ForecastDocument.RefusedByRmm.class),
    @JsonSubTypes.Type(name = "OUT_OF_GRANULES", value = ForecastDocument.OutOfGranules.class)
})
@JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
public sealed interface ForecastDocument {
    Forecast readStored();

    static ForecastDocument of(Forecast forecast) {
        return switch (forecast) {
            case Forecast.Ran ran ->
                new Ran(
                        OutcomeDocument.of(ran.outcome()),
                        ran.hashAlgorithm(),
                        ran.rim(),
                        ran.rems(),
                        ran.declared().stream().map(DeclaredDocument::of).toList(),
                        ran.rmiCalls(),
                        ran.rmiCallsTotal(),
                        ran.granules(),
                        ran.rttGranules().isPresent() ? ran.rttGranules().getAsLong() : null,
                        List.of(Forecast.NotChecked.values()));
            case Forecast.RefusedByRmm(var step, var refusal) -> new RefusedByRmm(step, RefusalDocument.of(refusal));
            case Forecast.OutOfGranules(var step) -> new OutOfGranules(step);
        };
    }

    /** A range that the host declares before activation. */
    @JsonIgnoreProperties(ignoreUnknown = true) // of a newer replica
    record DeclaredDocument(String base, String size, long rmiCalls) {
        static DeclaredDocument of(Forecast.Declared declared) {
            return new DeclaredDocument(
                    Hex.of(declared.range().start()), Hex.of(declared.range().sizeBytes()), declared.rmiCalls());
        }

        Forecast.Declared readStored() {
            return new Forecast.Declared(new Fields().range("declared", base, size), rmiCalls);
        }
    }

    /** The members that may be missing are missing in forecasts of the first release. */
    record Ran(
            OutcomeDocument outcome,
            HashAlgorithm hashAlgorithm,
            String rim,
            @Nullable List<String> rems,
            @Nullable List<DeclaredDocument> declared,
            SortedMap<String, Long> rmiCalls,
            long rmiCallsTotal,
            long granules,
            @Nullable Long rttGranules,
            @Nullable List<Forecast.NotChecked> notChecked)
            implements ForecastDocument {
        @Override
        public Forecast readStored() {
            return new Forecast.Ran(
                    outcome.read(new Fields(), "outcome"),
                    hashAlgorithm,
                    rim,
                    rems == null ? List.of() : rems,
                    declared == null
                            ? List.of()
                            : declared.stream()
                                    .map(DeclaredDocument::readStored)
                                    .toList(),
                    rmiCalls,
                    granules,
                    rttGranules == null ? OptionalLong.empty() : OptionalLong.of(rttGranules));
        }
    }

    record RefusedByRmm(LaunchStep step, RefusalDocument rmi) implements ForecastDocument {
        @Override
        public Forecast readStored() {
            return new Forecast.RefusedByRmm(step, rmi.read(new Fields(), "rmi"));
        }
    }

    record OutOfGranules(LaunchStep step) implements ForecastDocument {
        @Override
        public Forecast readStored() {
            return new Forecast.OutOfGranules(step);
        }
    }
}
