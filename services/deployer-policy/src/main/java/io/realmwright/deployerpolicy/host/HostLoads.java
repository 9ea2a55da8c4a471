package io.realmwright.deployerpolicy.host;

import java.util.Collection;
import java.util.Map;

/** What realms make of hosts. */
public interface HostLoads {
    /** How many realms each of these hosts holds, or may hold; nothing about hosts without any. */
    Map<String, Long> realms(Collection<String> hosts);

    /** What goes to realms that the report of a host as it is given cannot know of yet; nothing about hosts without any. */
    Map<String, HostPromise> promises(Collection<Host> hosts);
}
