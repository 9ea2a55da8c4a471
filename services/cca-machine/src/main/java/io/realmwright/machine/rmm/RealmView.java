package io.realmwright.machine.rmm;

/** A look at a realm from outside the machine, for traces and reports; no software on the machine has it. */
public interface RealmView {
    /** {@code NEW}, {@code ACTIVE}, {@code SYSTEM_OFF} or {@code ZOMBIE}. */
    String state();

    int recCount();

    int startLevel();

    int ipaBits();

    /** RIM (slot 0) or REM 1 to 4, as long as the realm's digests. */
    byte[] measurement(int slot);
}
