package io.realmwright.hostagent.realm;

import io.micrometer.observation.ObservationRegistry;
import io.realmwright.hostagent.machine.Boot;
import io.realmwright.hostagent.machine.LiveRealm;
import io.realmwright.hostagent.machine.TraceRecorder;
import io.realmwright.machine.host.LaunchObserver;
import io.realmwright.machine.host.LaunchResult;
import io.realmwright.machine.host.LaunchStep;
import io.realmwright.machine.host.RealmVm;
import io.realmwright.machine.spec.ImageStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One launch that has begun: carries it out on the machine and records every step as it completes. */
final class Launch implements LaunchObserver {
    /** Steps that follow each other faster than anybody can watch are recorded together. */
    private static final Duration TELLING_PAUSE = Duration.ofMillis(100);

    private final LaunchIntent intent;
    private final Boot boot;
    private final RealmStore store;
    private final Clock clock;
    private final RealmWork work;
    private final LaunchWatch watch;
    private Instant told;

    /** Completed steps of which the ledger holds that they are owed. */
    private List<CompletedStep> untold = new ArrayList<>();

    Launch(
            LaunchIntent intent,
            Boot boot,
            RealmStore store,
            TraceLimits traceLimits,
            Clock clock,
            ObservationRegistry observations) {
        this.intent = intent;
        this.boot = boot;
        this.store = store;
        this.clock = clock;
        this.told = intent.at();
        this.watch = new LaunchWatch(intent, boot, observations);
        this.work = new RealmWork(
                intent.realmId(), boot, new TraceRecorder(traceLimits.sizeBytes(), boot.rmiCounts()), store, clock);
    }

    LaunchAnswer carryOut(ImageStore images) {
        return watch.over(() -> launch(images));
    }

    private LaunchAnswer launch(ImageStore images) {
        var request = intent.request();
        var result = work.attempt(
                () -> boot.host(host -> host.launch(request.spec(), request.plan(), images, this, work.trace())));
        return switch (result) {
            case LaunchResult.Launched(var vm) -> active(vm);
            case LaunchResult.RefusedByRmm(var step, var refusal) ->
                failed(new LaunchFailure.RefusedByRmm(step, refusal));
            case LaunchResult.OutOfGranules(var step) -> failed(new LaunchFailure.OutOfGranules(step));
            case LaunchResult.OutOfVmids(var step) -> failed(new LaunchFailure.OutOfVmids(step));
            case LaunchResult.Unavailable(var reasons) -> failed(new LaunchFailure.Unavailable(reasons));
            case LaunchResult.Invalid(var violations) -> failed(new LaunchFailure.Invalid(violations));
        };
    }

    @Override
    public void completed(LaunchStep step, long rmiCalls) {
        watch.completed(step, rmiCalls);
        Instant now = clock.instant();
        if (untold.isEmpty()) {
            List<CompletedStep> steps = untold;
            boot.ledger().owe(() -> store.stepsCompleted(intent.realmId(), steps));
        }
        untold.add(new CompletedStep(step, rmiCalls, now));
        if (now.isAfter(told.plus(TELLING_PAUSE))) {
            told = now;
            untold = new ArrayList<>();
            boot.ledger().tell();
        }
    }

    private LaunchAnswer active(RealmVm vm) {
        var live = new LiveRealm(vm, work.trace());
        boot.add(intent.realmId(), live);
        var rim = boot.realm(live, RealmVm::measurements).rim();
        var progress = work.progress();
        return new LaunchAnswer.Launched(boot.ledger().record(() -> store.launched(progress, rim)));
    }

    private LaunchAnswer failed(LaunchFailure failure) {
        var progress = work.progress();
        return new LaunchAnswer.Failed(boot.ledger().record(() -> store.failed(progress, failure)), failure);
    }
}
