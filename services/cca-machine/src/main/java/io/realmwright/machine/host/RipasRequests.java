package io.realmwright.machine.host;

import io.realmwright.machine.rmm.RunPage;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.RunTimeVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what running guests ask through RSI_IPA_STATE_SET, as the deployer's verdict says (reference 11.4). */
final class RipasRequests {
    private static final long RAM = 1;

    private final Kernel kernel;
    private final HostedRealm realm;
    private final RunTimeVerdict verdict;

    RipasRequests(Kernel kernel, HostedRealm realm, RunTimeVerdict verdict) {
        this.kernel = kernel;
        this.realm = realm;
        this.verdict = verdict;
    }

    /** Serves the request in a vCPU's run page; an outcome if that vCPU is not to run again. */
    @Nullable
    Outcome serve(Vcpu vcpu) throws RmiRefusedException, OutOfGranulesException {
        long base = exit(vcpu, RunPage.RIPAS_BASE);
        long top = exit(vcpu, RunPage.RIPAS_TOP);
        if (exit(vcpu, RunPage.RIPAS_VALUE) != RAM) {
            // The RMM has no way to reject a request for EMPTY, and the verdict is about RAM alone.
            long reached = realm.tables().setRipas(vcpu.rec.address(), base, top);
            realm.memory().unmapProtected(base, reached);
            return null;
        }
        return switch (verdict) {
            case RunTimeVerdict.Accept() -> {
                realm.tables().setRipas(vcpu.rec.address(), base, top);
                yield null;
            }
            case RunTimeVerdict.Withhold() -> new Outcome.Stalled(Outcome.Stalled.Reason.RIPAS_WITHHELD);
            case RunTimeVerdict.Reject() -> {
                reject(vcpu);
                yield null;
            }
            case RunTimeVerdict.AcceptRanges(List<IpaRange> ranges) -> {
                long allowed = allowedPrefix(ranges, base, top);
                if (allowed > base) {
                    realm.tables().setRipas(vcpu.rec.address(), base, allowed);
                }
                if (allowed < top) {
                    reject(vcpu);
                }
                yield null;
            }
        };
    }

    /** The first IPA of [base, top) that is in none of the ranges, or top. */
    private static long allowedPrefix(List<IpaRange> ranges, long base, long top) {
        long allowed = base;
        boolean grew = true;
        while (grew && allowed < top) {
            grew = false;
            for (IpaRange range : ranges) {
                if (range.contains(allowed)) {
                    allowed = range.top();
                    grew = true;
                }
            }
        }
        return Math.min(allowed, top);
    }

    private void reject(Vcpu vcpu) {
        kernel.pages.write(vcpu.runPage, RunPage.ENTER_FLAGS, RunPage.ENTER_RIPAS_REJECT);
    }

    private long exit(Vcpu vcpu, int field) {
        return kernel.pages.read(vcpu.runPage, RunPage.EXIT + field);
    }
}
