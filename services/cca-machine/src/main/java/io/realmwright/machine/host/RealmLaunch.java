package io.realmwright.machine.host;

import io.realmwright.machine.guest.ProfilePrograms;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.LaunchPlan;
import io.realmwright.machine.spec.RealmSpec;
import io.realmwright.machine.spec.RipasMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One launch on RMM 2.0, step by step, torn down again as soon as a step fails. */
final class RealmLaunch {
    private final Kernel kernel;
    private final RealmSpec spec;
    private final LaunchPlan plan;
    private final LaunchObserver observer;
    private LaunchStep step = LaunchStep.CREATE_REALM;
    private @Nullable HostedRealm realm;

    RealmLaunch(Kernel kernel, RealmSpec spec, LaunchPlan plan, LaunchObserver observer) {
        this.kernel = kernel;
        this.spec = spec;
        this.plan = plan;
        this.observer = observer;
    }

    LaunchResult run(ImageStore images, RealmLog log) {
        try {
            HostedRealm launched = create();
            perform(LaunchStep.POPULATE, () -> launched.populate(images, plan));
            perform(LaunchStep.CREATE_RECS, () -> launched.createRecs(ProfilePrograms.of(spec, images)));
            perform(LaunchStep.INIT_RIPAS, () -> launched.initRipas(declaredByHost(launched)));
            perform(LaunchStep.ACTIVATE, launched::activate);
            return new LaunchResult.Launched(new RealmVm(kernel, launched, plan, log));
        } catch (RmiRefusedException e) {
            tearDown();
            return new LaunchResult.RefusedByRmm(step, e.refusal());
        } catch (OutOfGranulesException e) {
            tearDown();
            return new LaunchResult.OutOfGranules(step);
        }
    }

    /** Something that a launch does. */
    @FunctionalInterface
    private interface Action {
        void perform() throws OutOfGranulesException, RmiRefusedException;
    }

    private HostedRealm create() throws OutOfGranulesException, RmiRefusedException {
        HostedRealm[] created = new HostedRealm[1];
        perform(LaunchStep.CREATE_REALM, () -> created[0] = HostedRealm.create(kernel, spec, plan));
        realm = created[0];
        return created[0];
    }

    private void perform(LaunchStep next, Action action) throws OutOfGranulesException, RmiRefusedException {
        step = next;
        long before = kernel.rmi.log().calls().total();
        action.perform();
        observer.completed(next, kernel.rmi.log().calls().total() - before);
    }

    /** What the host declares before activation: the whole point of a RIPAS mode. */
    private List<IpaRange> declaredByHost(HostedRealm launched) {
        return switch (plan.mode()) {
            case RipasMode.HostAllMemslots() -> launched.guestMemfdRanges();
            case RipasMode.DeployerRanges(List<IpaRange> ranges) -> splitAtSlotBorders(ranges);
            case RipasMode.GuestDeclares() -> List.of();
        };
    }

    /** The proposed ioctl takes one guest_memfd memslot a call, so a range that crosses slots becomes several. */
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
