package io.realmwright.deployerpolicy.host;

import java.util.Collection;
import java.util.Map;

/** What realms make of hosts. */
public interface HostLoads {
    /** How many realms each of these hosts holds, or may hold; nothing about hosts without any. */
    Map<String, Long> realms(Collection<String> hosts);

    /** What goes to realms that a host's last report cannot know of yet; nothing about hosts without any. */
    Map<String, HostPromise> promises(Collection<String> hosts);
}
