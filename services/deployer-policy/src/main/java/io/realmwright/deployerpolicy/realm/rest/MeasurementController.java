package io.realmwright.deployerpolicy.realm.rest;

import io.realmwright.deployerpolicy.json.Fields;
import io.realmwright.deployerpolicy.measurement.Ladder;
import io.realmwright.deployerpolicy.realm.Measuring;
import io.realmwright.deployerpolicy.realm.rest.MeasurementBodies.MeasurementsBody;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a realm measures, step by step, and why that is not what was expected. */
@RestController
class MeasurementController {
    private static final int EXTENSIONS_DEFAULT = 1_000;
    private static final int EXTENSIONS_MAX = 10_000;
    private static final int OFFSET_MAX = 1_000_000;

    private final Measuring measuring;

    MeasurementController(Measuring measuring) {
        this.measuring = measuring;
    }

    @GetMapping("/v1/realms/{name}/measurements")
    MeasurementsBody measurements(
            @PathVariable String name,
            @RequestParam @Nullable String against,
            @RequestParam @Nullable Integer offset,
            @RequestParam @Nullable Integer limit) {
        var fields = new Fields();
        int from = fields.integer("offset", offset, 0, 0, OFFSET_MAX);
        int size = fields.integer("limit", limit, EXTENSIONS_DEFAULT, 1, EXTENSIONS_MAX);
        fields.throwIfAny();
        Measuring.Explained explained = Inspections.seen(measuring.explain(name));
        Ladder other = against == null
                ? null
                : Inspections.seen(measuring.explain(against)).actual().ladder();
        return MeasurementsBody.of(explained, other, from, size);
    }
}
