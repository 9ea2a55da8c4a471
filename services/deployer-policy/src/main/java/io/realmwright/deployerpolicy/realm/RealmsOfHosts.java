package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.Host;
import io.realmwright.deployerpolicy.host.HostListener;
import io.realmwright.deployerpolicy.host.MachineReport;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What happens to hosts happens to their realms. */
@Component
class RealmsOfHosts implements HostListener {
    private final RealmStore realms;
    private final RealmRecords records;
    private final RealmWork work;

    RealmsOfHosts(RealmStore realms, RealmRecords records, RealmWork work) {
        this.realms = realms;
        this.records = records;
        this.work = work;
    }

    @Override
    @Transactional
    public void rebooted(Host host) {
        UUID bootId = host.report().map(MachineReport::bootId).orElseThrow();
        lose(host.name(), launch -> !launch.bootId().equals(bootId), LossReason.HOST_REBOOTED);
    }

    @Override
    @Transactional
    public void removed(String host) {
        lose(host, launch -> true, LossReason.HOST_REMOVED);
    }

    private void lose(String host, Predicate<Launch> isAffected, LossReason reason) {
        for (UUID id : realms.on(host)) {
            records.change(
                    id,
                    (realm, now) -> realm.state()
                            .lastLaunch()
                            .filter(launch -> realm.state().needsItsHost())
                            .filter(isAffected)
                            .map(launch -> realm.lost(launch, reason, now))
                            .orElse(realm));
            work.request(id);
        }
    }

    @Override
    @Transactional
    public void changed(Host host) {
        realms.waitingForAHost().forEach(work::request);
    }

    @Override
    public boolean isInUse(String host) {
        return !realms.on(host).isEmpty();
    }
}
