package io.realmwright.hostagent.realm;

import io.realmwright.hostagent.machine.Boot;
import io.realmwright.hostagent.machine.LiveRealm;
import io.realmwright.hostagent.machine.Machine;
import io.realmwright.machine.host.Outcome;
import io.realmwright.machine.host.TokenAnswer;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Hands challenges to running guests, and their tokens to whoever asked. */
@Service
public class RealmAttester {
    private final RealmStore store;
    private final Clock clock;

    RealmAttester(RealmStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Asks the realm's guest for a token.
     *
     * @param challenge 64 bytes
     */
    public AttestAnswer attest(Machine machine, UUID realmId, byte[] challenge) {
        return machine.use(boot -> {
            Optional<Realm> realm = store.find(machine.name(), realmId);
            Optional<LiveRealm> live = boot.find(realmId);
            if (realm.isEmpty()) {
                return new AttestAnswer.NoSuchRealm();
            }
            return live.isPresent()
                    ? attest(boot, realm.get(), live.get(), challenge)
                    : new AttestAnswer.NotRunning(realm.get());
        });
    }

    private AttestAnswer attest(Boot boot, Realm realm, LiveRealm live, byte[] challenge) {
        var work = new RealmWork(realm.id(), boot, live.trace(), store, clock);
        TokenAnswer answer = work.attempt(() -> boot.realm(live, vm -> vm.attest(challenge)));
        Realm recorded = record(boot, work.progress(), answer);
        return switch (answer) {
            case TokenAnswer.Made(byte[] token) -> new AttestAnswer.Made(recorded, token);
            case TokenAnswer.NotRunning _ -> new AttestAnswer.NotRunning(recorded);
            case TokenAnswer.NoAttestationStep() -> new AttestAnswer.NoAttestationStep(recorded);
            case TokenAnswer.RefusedByRmm(long status) ->
                new AttestAnswer.NotMade(recorded, "The RMM refused the guest's call with RSI status " + status + ".");
            case TokenAnswer.TooLong() ->
                new AttestAnswer.NotMade(recorded, "The guest handed over more bytes than any token has.");
        };
    }

    /** A guest that the request killed has another outcome than the one on record. */
    private Realm record(Boot boot, Progress progress, TokenAnswer answer) {
        Outcome end = answer instanceof TokenAnswer.NotRunning(var outcome) ? outcome : null;
        return boot.ledger().record(() -> end == null ? store.progressed(progress) : store.ran(progress, end));
    }
}
