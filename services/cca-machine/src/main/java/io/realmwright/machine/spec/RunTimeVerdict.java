package io.realmwright.machine.spec;

import java.util.List;

/** What the host answers when the running guest asks for RAM (RSI_IPA_STATE_SET). */
public sealed interface RunTimeVerdict {
    /** Carry out every request in full. */
    record Accept() implements RunTimeVerdict {}

    /** Never run the asking vCPU again: the only refusal that today's KVM leaves to a VMM. */
    record Withhold() implements RunTimeVerdict {}

    /** Enter the vCPU again with RIPAS_RESPONSE = reject and without a full RMI_RTT_SET_RIPAS. */
    record Reject() implements RunTimeVerdict {}

    /** Carry out the prefix of a request that lies in these ranges, then reject at the first IPA outside. */
    record AcceptRanges(List<IpaRange> ranges) implements RunTimeVerdict {
        public AcceptRanges {
            ranges = List.copyOf(ranges);
        }
    }

    /** The name used in policies and in the API. */
    default String kind() {
        return switch (this) {
            case Accept() -> "ACCEPT";
            case Withhold() -> "WITHHOLD";
            case Reject() -> "REJECT";
            case AcceptRanges(var _) -> "ACCEPT_RANGES";
        };
    }
}
