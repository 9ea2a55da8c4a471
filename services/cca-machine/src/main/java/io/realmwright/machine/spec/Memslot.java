package io.realmwright.machine.spec;

/**
 * A KVM memory slot. Its position in {@link RealmSpec#memslots()} is its slot number.
 *
 * @param guestMemfd whether guest_memfd backs it: only then can it hold protected memory, be populated, and be declared
 *     RAM by the host
 */
public record Memslot(IpaRange range, boolean guestMemfd) {}
