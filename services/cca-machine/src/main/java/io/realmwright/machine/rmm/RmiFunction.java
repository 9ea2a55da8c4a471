package io.realmwright.machine.rmm;

/** A command of the RMI in one of its revisions. What both have is the same function under the same name. */
public sealed interface RmiFunction permits RmiCommand, RmiCommand1_0 {
    /** As the specification of its revision writes it, for example {@code RMI_RTT_INIT_RIPAS}. */
    String name();

    long fid();
}
