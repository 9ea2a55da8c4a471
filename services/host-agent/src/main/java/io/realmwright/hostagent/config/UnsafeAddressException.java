package io.realmwright.hostagent.config;

/** The agent was to listen where anybody can reach it. */
final class UnsafeAddressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeAddressException(String address) {
        super("The agent does not authenticate its callers, and server.address is "
                + (address.isBlank() ? "empty, which means every address" : address) + ".");
    }
}
