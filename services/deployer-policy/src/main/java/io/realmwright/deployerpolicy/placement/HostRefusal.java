package io.realmwright.deployerpolicy.placement;

import java.util.List;

/**
 * Why a host is not taken.
 *
 * @param reasons codes, for programs
 * @param message for people
 */
public record HostRefusal(String host, List<String> reasons, String message) {
    public HostRefusal {
        reasons = List.copyOf(reasons);
    }
}
