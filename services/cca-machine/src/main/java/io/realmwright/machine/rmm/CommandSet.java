package io.realmwright.machine.rmm;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The RMI commands of one revision. */
interface CommandSet {
    /**
     * One call.
     *
     * @param fid X0, whether there is such a command or not
     * @param out the registers after the call, all zero from X1 on: outputs go there
     * @return X0 after the call
     */
    long call(long fid, long a1, long a2, long a3, long a4, long a5, long[] out);

    /** VMIDs that no realm has. */
    int freeVmids();

    /** The command with this FID, null if the revision has none. */
    @Nullable
    RmiFunction find(long fid);

    /** A call for people. */
    default String describe(long fid, long... arguments) {
        RmiFunction command = find(fid);
        return Arrays.stream(arguments)
                .mapToObj(argument -> "0x" + Long.toHexString(argument))
                .collect(Collectors.joining(
                        ", ", (command == null ? "0x" + Long.toHexString(fid) : command.name()) + "(", ")"));
    }
}
