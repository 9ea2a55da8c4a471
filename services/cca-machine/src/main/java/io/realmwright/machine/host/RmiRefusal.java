package io.realmwright.machine.host;

import io.realmwright.machine.spec.Ipa;
import org.jspecify.annotations.Nullable;

/**
 * An RMI command that the RMM refused, in its own words.
 *
 * @param command the command's name, for example {@code RMI_RTT_INIT_RIPAS}
 * @param status the status' name, for example {@code RMI_ERROR_RTT}
 * @param index the index packed beside the status; the RTT level for {@code RMI_ERROR_RTT}
 * @param ipa the IPA that the command was about, null if it has none
 */
public record RmiRefusal(
        String command, String status, int index, @Nullable Ipa ipa) {}
