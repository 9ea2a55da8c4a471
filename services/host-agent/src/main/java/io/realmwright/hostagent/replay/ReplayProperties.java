package io.realmwright.hostagent.replay;

import io.realmwright.machine.trace.ReplayLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one replay may cost.
 *
 * @param lines of a trace at most
 * @param size of a trace at most, after decompression
 * @param steps at most: RMI calls, table entries read and granules listed
 */
@ConfigurationProperties("realmwright.replay")
public record ReplayProperties(
        @DefaultValue("200000") long lines,
        @DefaultValue("64MB") DataSize size,
        @DefaultValue("20000000") long steps) {
    public ReplayLimits limits() {
        return new ReplayLimits(lines, size.toBytes(), steps);
    }
}
