package io.realmwright.machine.rim;

/**
 * One step of a realm's RIM (reference section 8). Digests are lower-case hexadecimal digits, as long as the realm's hash
 * algorithm makes them.
 *
 * @param base the IPA that was measured; 0 for {@link Kind#REALM} and {@link Kind#REC}, which have none
 * @param top the first IPA behind it; 0 where there is no base
 * @param contents what was measured beside the addresses: for {@link Kind#REALM} the words of the parameters, for {@link
 *     Kind#REC} and measured {@link Kind#DATA} the digest of a page, and otherwise nothing
 * @param before the RIM before, empty for {@link Kind#REALM}, with which it begins
 * @param after the RIM after
 */
public record RimExtension(Kind kind, long base, long top, String contents, String before, String after) {
    /** What was measured. */
    public enum Kind {
        /** RMI_REALM_CREATE: the realm's parameters. */
        REALM,
        /** RMI_RTT_DATA_MAP_INIT, RMI_DATA_CREATE on RMM 1.0: a granule's address, and its contents if asked for. */
        DATA,
        /** RMI_REC_CREATE of a runnable REC. */
        REC,
        /** RMI_RTT_INIT_RIPAS on RMM 1.0: an entry of a table. */
        RIPAS
    }

    /** Whether both measured the same thing, whatever was measured before. */
    public boolean isSameStep(RimExtension other) {
        return kind == other.kind && base == other.base && top == other.top && contents.equals(other.contents);
    }
}
