package io.realmwright.hostagent.grant;

import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import java.util.UUID;

/** The launch that a grant is to permit. */
public record GrantSubject(String machine, UUID launchId, RealmSpec spec, LaunchPlan plan) {}
