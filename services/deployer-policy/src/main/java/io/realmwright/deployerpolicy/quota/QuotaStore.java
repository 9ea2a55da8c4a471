package io.realmwright.deployerpolicy.quota;

import io.realmwright.deployerpolicy.label.Labels;
import java.util.List;
import java.util.Optional;

/** Where quotas are kept. */
public interface QuotaStore {
    /** False if the name is taken; then nothing was stored. */
    boolean insert(Quota quota);

    void update(Quota quota);

    void delete(String name);

    Optional<Quota> find(String name);

    /** The quota, kept from changing until the transaction ends. */
    Optional<Quota> lock(String name);

    /**
     * Quotas for any of these labels, kept until the transaction ends: whoever places a realm under one of them waits
     * for the others who do, so that no two of them take the last room.
     */
    List<Quota> lockFor(Labels labels);

    /** Quotas in the order of their names, from the first after {@code afterName}. */
    List<Quota> list(String afterName, int limit);
}
