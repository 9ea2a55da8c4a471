package io.realmwright.deployerpolicy.policy;

import java.util.List;

/** The run-time verdict as a policy writes it. */
public sealed interface VerdictChoice {
    record Accept() implements VerdictChoice {}

    record Withhold() implements VerdictChoice {}

    record Reject() implements VerdictChoice {}

    record AcceptRanges(List<RangeExpression> ranges) implements VerdictChoice {
        public AcceptRanges {
            ranges = List.copyOf(ranges);
        }
    }
}
