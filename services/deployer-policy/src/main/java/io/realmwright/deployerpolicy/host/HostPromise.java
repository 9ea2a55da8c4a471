package io.realmwright.deployerpolicy.host;

/**
 * What of a host goes to realms that its last report cannot know of yet.
 *
 * @param realms how many there are
 * @param granules what they take by their forecasts
 */
public record HostPromise(long realms, long granules) {
    public static final HostPromise NONE = new HostPromise(0, 0);
}
