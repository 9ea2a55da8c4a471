package io.realmwright.machine.guest;

/** How a guest touches memory. */
public enum Access {
    READ,
    WRITE,
    FETCH
}
