package io.realmwright.hostagent.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The agent cannot tell its callers apart, so it serves none but those on its own host. */
final class LoopbackOnly {
    /** @throws UnsafeAddressException if {@code address} is reachable from other hosts, or empty, which means all */
    LoopbackOnly(String address) {
        if (address.isBlank() || !isLoopback(address)) {
            throw new UnsafeAddressException(address);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
