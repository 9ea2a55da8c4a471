package io.realmwright.deployerpolicy.host;

import java.util.List;
import java.util.Optional;

/** Where registered hosts are kept. */
public interface HostStore {
    void insert(Host host);

    void update(Host host);

    /** Stores the status only. */
    void recordStatus(Host host);

    void delete(String name);

    Optional<Host> find(String name);

    /** The host, kept from changing until the transaction ends. */
    Optional<Host> lock(String name);

    /** Hosts in the order of their names, from the first after {@code afterName}. */
    List<Host> list(String afterName, int limit);

    /** Every host, in the order of their names. */
    List<Host> all();
}
