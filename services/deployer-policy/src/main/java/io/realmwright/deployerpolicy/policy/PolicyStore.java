package io.realmwright.deployerpolicy.policy;

import java.util.List;
import java.util.Optional;

/** Where policies and their revisions are kept. */
public interface PolicyStore {
    /** False if the name is taken; then nothing was stored. */
    boolean insert(Policy policy, PolicyRevision first);

    Optional<Policy> find(String name);

    /** The policy, kept from changing until the transaction ends. */
    Optional<Policy> lock(String name);

    void update(Policy policy);

    void insert(PolicyRevision revision);

    /** Sets when the revision was published last. */
    void markPublished(PolicyRevision revision);

    Optional<PolicyRevision> findRevision(String policy, int number);

    /** Policies in the order of their names, from the first after {@code afterName}. */
    List<Policy> list(String afterName, int limit);

    /** Revisions in ascending order, from the first after {@code afterNumber}. */
    List<PolicyRevision> listRevisions(String policy, long afterNumber, int limit);

    /** The deciding revision of every policy that has one, in the order of the policies' names. */
    List<PolicyRevision> published();
}
