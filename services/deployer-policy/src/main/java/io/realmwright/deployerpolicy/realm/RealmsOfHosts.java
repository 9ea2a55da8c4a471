package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostListener;
import io.realmwright.deployerpolicy.host.MachineReport;
import io.realmwright.deployerpolicy.quota.QuotaListener;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What happens to hosts happens to their realms. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RealmsOfHosts implements HostListener, QuotaListener {
    /** Realms that wait are woken in bundles: the others are looked at when they are due anyway. */
    private static final int WOKEN_AT_ONCE = 500;

    private final RealmStore realms;
    private final RealmRecords records;
    private final RealmWork work;
    private final Revoking revoking;

    RealmsOfHosts(RealmStore realms, RealmRecords records, RealmWork work, Revoking revoking) {
        this.realms = realms;
        this.records = records;
        this.work = work;
        this.revoking = revoking;
    }

    @Override
    public void rebooted(Host before, Host host) {
        UUID bootId = host.report().map(MachineReport::bootId).orElseThrow();
        Optional<UUID> over = before.report().map(MachineReport::bootId);
        forEachLaunch(host.name(), launched -> {
            Launch launch = launched.launch();
            if (launch.bootId().equals(bootId)) {
                return;
            }
            lose(launched, LossReason.HOST_REBOOTED);
            // The request may still be on its way, and the new boot would carry it out. And a boot that nobody has
            // reported may be a later one than this: the report of a machine that boots twice can be that late.
            boolean isOnItsWay = launched.realm().state() instanceof RealmState.Launching;
            if (isOnItsWay || !over.equals(Optional.of(launch.bootId()))) {
                revoking.revoke(launch.id(), host);
            }
        });
    }

    @Override
    public void gone(Host host) {
        giveUp(host, LossReason.HOST_GONE);
    }

    @Override
    public void removed(Host host) {
        giveUp(host, LossReason.HOST_REMOVED);
    }

    /** What runs there may run on unseen, so the host is to hear that it is not wanted any more, should it come back. */
    private void giveUp(Host host, LossReason reason) {
        forEachLaunch(host.name(), launched -> {
            lose(launched, reason);
            revoking.revoke(launched.launch().id(), host);
        });
    }

    private void lose(Launched launched, LossReason reason) {
        records.apply(launched.realm(), (realm, now) -> realm.lost(launched.launch(), reason, now));
    }

    @Override
    public void draining(Host host) {
        forEachLaunch(host.name(), launched -> {
            if (launched.realm().goal() == Goal.RUN && !launched.realm().makesWay()) {
                records.apply(
                        launched.realm(),
                        (realm, now) -> realm.makingWay(launched.launch(), Outgoing.Reason.DRAIN, now));
            }
        });
    }

    /** A realm of the host, locked, and its launch there. */
    private record Launched(Realm realm, Launch launch) {}

    /** Realms that are only placed there have no launch; they are worked on, and find that their place is gone. */
    private void forEachLaunch(String host, Consumer<Launched> deed) {
        for (UUID id : realms.on(host)) {
            // Before it was locked it may have gone elsewhere, and what happens here is none of its business any more.
            Optional<Realm> realm = realms.lock(id)
                    .filter(found -> found.state().needsItsHost())
                    .filter(found -> found.state().lastHost().equals(Optional.of(host)));
            realm.flatMap(found -> found.state().lastLaunch().map(launch -> new Launched(found, launch)))
                    .ifPresent(deed);
            realm.ifPresent(found -> work.request(id));
        }
    }

    @Override
    public void answersAgain(Host host) {
        realms.retryingOn(host.name()).forEach(work::request);
    }

    @Override
    public void changed(Host host) {
        changed();
    }

    @Override
    public void changed() {
        realms.waitingForAHost(WOKEN_AT_ONCE).forEach(work::request);
    }

    @Override
    public boolean isInUse(String host) {
        return !realms.on(host).isEmpty();
    }
}
