package io.realmwright.machine.trace;

import io.realmwright.machine.rmm.RmiCommand;
import io.realmwright.machine.rmm.RmiCommand1_0;
import io.realmwright.machine.rmm.RsiCommand;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names that a trace may give to calls: all of RMI 1.0 to 2.0 and RSI 1.1, whether the RMM has a handler or not. No
 * name has two FIDs.
 */
public final class CommandNames {
    /**
     * Device, SMMU and plane-tree commands, and those that the reference RMM has none for either (reference section 3.1);
     * a machine without them answers NOT_SUPPORTED.
     */
    private static final String WITHOUT_HANDLER = """
            RMI_RTT_DEV_VALIDATE=c4000163 RMI_VSMMU_CREATE=c400016a RMI_VSMMU_DESTROY=c400016b
            RMI_VSMMU_MAP=c400016c RMI_VSMMU_UNMAP=c400016d RMI_GRANULE_TRACKING_SET=c40001e3
            RMI_PSMMU_IRQ_NOTIFY=c400016f RMI_PDEV_ABORT=c4000174 RMI_PDEV_COMMUNICATE=c4000175
            RMI_PDEV_CREATE=c4000176 RMI_PDEV_DESTROY=c4000177 RMI_PDEV_GET_STATE=c4000178
            RMI_PDEV_STREAM_KEY_REFRESH=c400017a RMI_PDEV_SET_PUBKEY=c400017b RMI_PDEV_STOP=c400017c
            RMI_RTT_AUX_CREATE=c400017d RMI_RTT_AUX_DESTROY=c400017e RMI_RTT_AUX_FOLD=c400017f
            RMI_RTT_AUX_MAP_PROTECTED=c4000180 RMI_RTT_AUX_MAP_UNPROTECTED=c4000181
            RMI_RTT_AUX_UNMAP_PROTECTED=c4000183 RMI_RTT_AUX_UNMAP_UNPROTECTED=c4000184 RMI_VDEV_ABORT=c4000185
            RMI_VDEV_COMMUNICATE=c4000186 RMI_VDEV_CREATE=c4000187 RMI_VDEV_DESTROY=c4000188
            RMI_VDEV_GET_STATE=c4000189 RMI_VDEV_UNLOCK=c400018a RMI_RTT_SET_S2AP=c400018b RMI_VDEV_COMPLETE=c400018e
            RMI_VDEV_GET_INTERFACE_REPORT=c40001d0 RMI_VDEV_GET_MEASUREMENTS=c40001d1 RMI_VDEV_LOCK=c40001d2
            RMI_VDEV_START=c40001d3 RMI_PSMMU_ACTIVATE=c40001d7 RMI_PSMMU_DEACTIVATE=c40001d8
            RMI_PSMMU_ST_L2_CREATE=c40001db RMI_PSMMU_ST_L2_DESTROY=c40001dc RMI_GPT_L1_DESTROY=c40001f4
            RMI_RTT_DEV_MAP=c40001f7 RMI_RTT_DEV_UNMAP=c40001f8 RMI_PDEV_STREAM_CONNECT=c4000204
            RMI_PDEV_STREAM_DISCONNECT=c4000205 RMI_PDEV_STREAM_COMPLETE=c4000206
            RMI_PDEV_STREAM_KEY_PURGE=c4000207
            RSI_ATTEST_TOKEN_INIT=c4000194 RSI_ATTEST_TOKEN_CONTINUE=c4000195 RSI_VSMMU_GET_INFO=c400019a
            RSI_ARCH_DEV_ACTIVATE=c400019b RSI_VDEV_DMA_ENABLE=c400019c RSI_VDEV_GET_INFO=c400019d
            RSI_VDEV_VALIDATE_MAPPING=c400019f RSI_MEM_SET_PERM_INDEX=c40001a1 RSI_VDEV_DMA_DISABLE=c40001a4
            RSI_PLANE_SYSREG_READ=c40001ae RSI_PLANE_SYSREG_WRITE=c40001af
            """;

    /** Commands that only drafts between RMI 1.0 and 2.0 had. */
    private static final String OF_DRAFTS = """
            RMI_PDEV_AUX_COUNT=c4000156 RMI_VDEV_AUX_COUNT=c4000160 RMI_GRANULE_DEV_DELEGATE=c4000170
            RMI_GRANULE_DEV_UNDELEGATE=c4000171 RMI_DEV_MAP=c4000172 RMI_DEV_UNMAP=c4000173
            RMI_PDEV_IDE_RESET=c4000179 RMI_PDEV_NOTIFY=c400017a RMI_VDEV_STOP=c400018a RMI_MEC_SET_SHARED=c400018c
            RMI_MEC_SET_PRIVATE=c400018d
            """;

    private static final Map<String, Long> FIDS = new HashMap<>();

    static {
        for (String entry : (WITHOUT_HANDLER + OF_DRAFTS).trim().split("\\s+", -1)) {
            int equals = entry.indexOf('=');
            FIDS.put(entry.substring(0, equals), Long.parseLong(entry, equals + 1, entry.length(), 16));
        }
        for (RmiCommand command : RmiCommand.values()) {
            FIDS.put(command.name(), command.fid());
        }
        for (RmiCommand1_0 command : RmiCommand1_0.values()) {
            FIDS.put(command.name(), command.fid());
        }
        for (RsiCommand command : RsiCommand.values()) {
            FIDS.put(command.name(), command.fid());
        }
    }

    private CommandNames() {}

    /** The FID of an RMI call written by name or as {@code 0x…}; null if there is none of that name. */
    public static @Nullable Long rmiFid(String name) {
        var number = TraceNumber.PLAIN.matcher(name);
        if (number.matches() && number.group("sign").isEmpty()) {
            return Long.parseUnsignedLong(number.group("digits"), 16);
        }
        return name.startsWith("RMI_") ? FIDS.get(name) : null;
    }

    /**
     * The FID of an RSI call by its name without {@code RSI_}; null if there is none. The recordings say ATTEST_TOKEN
     * where the specification says ATTESTATION_TOKEN; both are taken.
     */
    static @Nullable Long rsiFid(String name) {
        return FIDS.get("RSI_" + name.replace("ATTESTATION_", "ATTEST_"));
    }
}
