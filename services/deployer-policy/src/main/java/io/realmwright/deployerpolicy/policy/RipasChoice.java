package io.realmwright.deployerpolicy.policy;

import java.util.List;

/** The RIPAS mode as a policy writes it: its ranges become addresses only when a realm is decided about. */
public sealed interface RipasChoice {
    record HostAllMemslots() implements RipasChoice {}

    record DeployerRanges(List<RangeExpression> ranges) implements RipasChoice {
        public DeployerRanges {
            ranges = List.copyOf(ranges);
        }
    }

    record GuestDeclares() implements RipasChoice {}
}
