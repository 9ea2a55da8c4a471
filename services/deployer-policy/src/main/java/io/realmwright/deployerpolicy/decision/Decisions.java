package io.realmwright.deployerpolicy.decision;

import io.realmwright.deployerpolicy.image.Images;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeping decisions. */
@Service
public class Decisions {
    private final DecisionStore store;
    private final Images images;

    Decisions(DecisionStore store, Images images) {
        this.store = store;
        this.images = images;
    }

    /** Keeps a decision, with the images that were made for it. */
    @Transactional
    public void keep(Deciding.Answer.Decided decided) {
        images.keep(decided.images());
        store.insert(decided.decision());
    }

    public Optional<Decision> find(UUID id) {
        return store.find(id);
    }
}
