package io.realmwright.machine.rmm;

/** Stage-2 tables in RMM 1.0: as in 2.0, but for what RMI_RTT_READ_ENTRY shows of an NS mapping. */
final class RttCommands1_0 extends RttCommands {
    RttCommands1_0(RmmState rmm) {
        super(rmm);
    }

    @Override
    long nsDescriptor(Realm realm, long entry) {
        return NsDescriptor.of(realm, entry);
    }
}
