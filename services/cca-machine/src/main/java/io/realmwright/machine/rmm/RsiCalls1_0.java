package io.realmwright.machine.rmm;

import io.realmwright.machine.spec.HashAlgorithm;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** RSI 1.0: a realm has one plane and does not learn of others (reference section 15). */
final class RsiCalls1_0 extends RsiCalls {
    private static final Set<RsiCommand> OF_PLANES = EnumSet.of(
            RsiCommand.RSI_MEM_GET_PERM_VALUE, RsiCommand.RSI_MEM_SET_PERM_VALUE, RsiCommand.RSI_PLANE_ENTER);

    private final RmmState rmm;

    RsiCalls1_0(RmmState rmm, RunPage exit, GuestAborts aborts) {
        super(rmm, exit, aborts);
        this.rmm = rmm;
    }

    @Override
    @Nullable
    RsiCommand find(long fid) {
        RsiCommand command = super.find(fid);
        return command == null || OF_PLANES.contains(command) ? null : command;
    }

    @Override
    boolean version(Rec rec, long requested) {
        return answer(rec, requested == RSI_1_0 ? SUCCESS : ERROR_INPUT, RSI_1_0, RSI_1_0);
    }

    @Override
    void writeRealmConfig(Realm realm, long page) {
        boolean sha256 = realm.measurement.algorithm() == HashAlgorithm.SHA_256;
        rmm.memory.writeWord(page, realm.ipaBits);
        rmm.memory.write(page + 0x8, new byte[] {(byte) (sha256 ? 0 : 1)}, 0, 1);
        rmm.memory.write(page + RPV_OFFSET, realm.rpv, 0, realm.rpv.length);
    }
}
