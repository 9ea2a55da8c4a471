package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.decision.Forecast;
import io.realmwright.deployerpolicy.placement.Placement;
import io.realmwright.deployerpolicy.quota.Quota;
import io.realmwright.deployerpolicy.quota.QuotaStore;
import io.realmwright.deployerpolicy.quota.QuotaUsage;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether the quotas of a realm's labels leave room for it. */
@Component
class Headroom {
    private final QuotaStore quotas;
    private final QuotaUsage usage;

    Headroom(QuotaStore quotas, QuotaUsage usage) {
        this.quotas = quotas;
        this.usage = usage;
    }

    /** Why there is no room; empty if there is. The answer holds until the caller's transaction ends. */
    Optional<String> refusal(Realm realm, Placement placement) {
        return placement instanceof Placement.Placed placed
                        && realm.request().labels().size() > 0
                ? quotas.lockFor(realm.request().labels()).stream()
                        .flatMap(quota -> refusal(quota, granules(placed)).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Optional<String> refusal(Quota quota, long granules) {
        Quota.Usage used = usage.of(quota.labelKey(), quota.labelValue());
        return quota.leavesRoomFor(used, granules) ? Optional.empty() : Optional.of(quota.refusal(used, granules));
    }

    private static long granules(Placement.Placed placed) {
        return placed.decision().forecast().orElse(null) instanceof Forecast.Ran ran ? ran.granules() : 0;
    }
}
