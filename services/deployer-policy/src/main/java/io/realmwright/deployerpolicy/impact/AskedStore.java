package io.realmwright.deployerpolicy.impact;

import java.util.List;

/** Where what was asked is kept. */
public interface AskedStore {
    long count(Scope scope);

    /** In the order of their keys, from the first after {@code afterKey}, which is empty for the first. */
    List<Asked> list(Scope scope, String afterKey, int limit);
}
