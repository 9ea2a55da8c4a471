package io.realmwright.local;

import java.util.List;

/** Prints what the main job came to: a block for each policy, a line for each guest and host. */
final class Table {
    private static final String LINE = "  %-16s %-27s %-71s %-14s %9s%n";
    private static final int RIM_DIGITS = 12;

    private Table() {}

    static String of(List<Row> rows) {
        var text = new StringBuilder();
        ExamplePolicy policy = null;
        for (Row row : rows) {
            if (!row.policy().equals(policy)) {
                policy = row.policy();
                text.append(System.lineSeparator())
                        .append(policy.mode())
                        .append(", verdict ")
                        .append(policy.verdict())
                        .append("  (policy ")
                        .append(policy.name())
                        .append(")")
                        .append(System.lineSeparator())
                        .append(LINE.formatted("guest", "host profile", "outcome", "RIM", "RMI calls"));
            }
            boolean launched = !row.rim().isEmpty();
            text.append(LINE.formatted(
                    row.guest(),
                    row.hostProfile(),
                    row.outcome(),
                    launched ? row.rim().substring(0, RIM_DIGITS) + "…" : "-",
                    launched ? row.rmiCalls() : "-"));
        }
        return text.toString();
    }
}
