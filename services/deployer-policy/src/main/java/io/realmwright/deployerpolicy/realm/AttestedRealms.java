package io.realmwright.deployerpolicy.realm;

import io.realmwright.deployerpolicy.host.AgentRealm;
import io.realmwright.machine.host.Outcome;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Learns what appraisals of realms' tokens found. */
@Component
public class AttestedRealms {
    private final RealmRecords records;
    private final RealmWork work;

    AttestedRealms(RealmRecords records, RealmWork work) {
        this.records = records;
        this.work = work;
    }

    /** Records that a realm's guest has come to another end than booting, if its agent says so. */
    @Transactional
    public void ended(UUID realm, UUID launchId, AgentRealm answer) {
        Outcome outcome = answer.outcome();
        records.change(
                realm,
                (current, now) -> outcome != null
                                && current.state() instanceof RealmState.Running(var launch, var incarnation)
                                && launch.id().equals(launchId)
                                && !outcome.equals(incarnation.outcome())
                        ? current.ran(launch, answer, outcome, now)
                        : current);
    }

    /**
     * Records the latest appraisal of a realm; nothing if the realm does not run from that launch any more. One that is not
     * attested may have a duty to be.
     *
     * @param status what the appraisal came to, a code
     */
    @Transactional
    public void appraised(UUID realm, UUID launchId, boolean attested, String status, String message) {
        records.change(
                realm,
                (current, now) -> current.state() instanceof RealmState.Running(var launch, var _)
                                && launch.id().equals(launchId)
                        ? current.appraised(attested, status, message, now)
                        : current);
        if (!attested) {
            work.request(realm);
        }
    }
}
