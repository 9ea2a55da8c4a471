package io.realmwright.deployerpolicy.host;

/** What came of an attempt to change a host. Everything but {@link Done} changed nothing. */
public sealed interface HostChange {
    /**
     * It was done.
     *
     * @param created whether the host was not registered before
     */
    record Done(Host host, boolean created) implements HostChange {}

    record UnknownHost(String name) implements HostChange {}

    /** It was changed since the version that the change is meant for. */
    record ChangedMeanwhile(String name) implements HostChange {}

    /** Realms are on it. */
    record InUse(String name) implements HostChange {}

    /** The service's configuration registered it. */
    record Configured(String name) implements HostChange {}
}
