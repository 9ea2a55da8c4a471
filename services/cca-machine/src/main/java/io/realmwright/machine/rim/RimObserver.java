package io.realmwright.machine.rim;

/** Hears of everything that enters a realm's RIM, from RMI_REALM_CREATE to RMI_REALM_ACTIVATE. */
@FunctionalInterface
public interface RimObserver {
    void extended(RimExtension extension);
}
