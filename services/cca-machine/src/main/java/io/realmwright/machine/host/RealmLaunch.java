package io.realmwright.machine.host;

import io.realmwright.machine.guest.ProfilePrograms;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One launch through the UABI of a host's profile, step by step, torn down again as soon as a step fails. */
final class RealmLaunch {
    private final HostProfile profile;
    private final Kernel kernel;
    private final RealmSpec spec;
    private final LaunchPlan plan;
    private final ImageStore images;
    private RealmConfig config = RealmConfig.DEFAULT;
    private @Nullable HostedRealm realm;

    RealmLaunch(HostProfile profile, Kernel kernel, RealmSpec spec, LaunchPlan plan, ImageStore images) {
        this.profile = profile;
        this.kernel = kernel;
        this.spec = spec;
        this.plan = plan;
        this.images = images;
    }

    LaunchResult run(LaunchObserver observer, RealmLog log) {
        for (LaunchStep step : profile.launchSteps()) {
            long before = log.calls().total();
            try {
                perform(step, observer, log);
            } catch (RmiRefusedException e) {
                tearDown();
                return new LaunchResult.RefusedByRmm(step, e.refusal());
            } catch (OutOfGranulesException e) {
                tearDown();
                return new LaunchResult.OutOfGranules(step);
            } catch (OutOfVmidsException e) {
                tearDown();
                return new LaunchResult.OutOfVmids(step);
            }
            observer.completed(step, log.calls().total() - before);
        }
        return new LaunchResult.Launched(new RealmVm(kernel, created(), plan, log));
    }

    private void perform(LaunchStep step, LaunchObserver observer, RealmLog log)
            throws OutOfVmidsException, OutOfGranulesException, RmiRefusedException {
        switch (step) {
            case CONFIG_REALM -> config = new RealmConfig(spec.hashAlgorithm(), plan.rpv());
            case CREATE_REALM -> realm = HostedRealm.create(kernel, spec, config);
            case INIT_RIPAS -> declare(observer, log);
            case POPULATE -> created().populate(images, plan.measuredContents());
            case CREATE_RECS -> created().createRecs(ProfilePrograms.of(spec, images));
            case ACTIVATE -> created().activate();
        }
    }

    /** In the given order, which is never changed. */
    private void declare(LaunchObserver observer, RealmLog log) throws OutOfGranulesException, RmiRefusedException {
        for (IpaRange range : declaredByHost()) {
            long before = log.calls().total();
            created().initRipas(range);
            observer.declared(range, log.calls().total() - before);
        }
    }

    /** Every step but the first ones has a realm. */
    private HostedRealm created() {
        return Objects.requireNonNull(realm);
    }

    /** What the host declares before activation: the whole point of a RIPAS mode. */
    private List<IpaRange> declaredByHost() {
        return switch (plan.mode()) {
            case RipasMode.HostAllMemslots() -> created().guestMemfdRanges();
            case RipasMode.DeployerRanges(List<IpaRange> ranges) ->
                profile.declaresAcrossMemslots() ? ranges : splitAtSlotBorders(ranges);
            case RipasMode.GuestDeclares() -> List.of();
        };
    }

    /** Where the UABI takes one guest_memfd memslot a call, a range that crosses slots becomes several. */
    private List<IpaRange> splitAtSlotBorders(List<IpaRange> ranges) {
        List<IpaRange> pieces = new ArrayList<>();
        for (IpaRange range : ranges) {
            long start = range.start();
            while (start < range.top()) {
                long from = start;
                long slotTop = spec.guestMemfdSlots().stream()
                        .filter(slot -> slot.range().contains(from))
                        .findFirst()
                        .orElseThrow()
                        .range()
                        .top();
                long top = Math.min(range.top(), slotTop);
                pieces.add(IpaRange.of(from, top - from));
                start = top;
            }
        }
        return pieces;
    }

    private void tearDown() {
        if (realm != null) {
            realm.tearDown();
        }
    }
}
