package io.realmwright.machine.rmm;

import io.realmwright.machine.rim.RimExtension;
import io.realmwright.machine.rim.RimExtension.Kind;
import io.realmwright.machine.rim.RimObserver;
import io.realmwright.machine.spec.Granule;
import io.realmwright.machine.spec.HashAlgorithm;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A realm's RIM and REMs (reference section 8). */
final class Measurement {
    static final int SLOTS = 5;
    static final int SLOT_BYTES = 64;

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int RIM = 0;
    private static final int DESCRIPTOR_BYTES = 0x100;
    /** Of a realm's parameters, the words that are measured. */
    private static final int PARAMETER_BYTES = 0x38;

    private static final int DATA_TYPE = 0;
    private static final int REC_TYPE = 1;
    private static final int RIPAS_TYPE = 2;

    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    private final byte[][] slots = new byte[SLOTS][SLOT_BYTES];
    private final byte[] descriptor = new byte[DESCRIPTOR_BYTES];
    private final @Nullable RimObserver observer;
    private boolean rimFrozen;

    /** A fresh realm's measurement: the RIM covers its parameters, the REMs are zero. */
    Measurement(RealmParams params, @Nullable RimObserver observer) {
        this.observer = observer;
        this.algorithm = Objects.requireNonNull(params.hashAlgorithm());
        try {
            this.digest = MessageDigest.getInstance(algorithm.jcaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm.jcaName(), e);
        }
        byte[] page = new byte[4096];
        WORD.set(page, 0x0, params.flags0());
        WORD.set(page, 0x8, (long) params.ipaBits());
        WORD.set(page, 0x10, params.sveVl());
        WORD.set(page, 0x18, params.breakpoints());
        WORD.set(page, 0x20, params.watchpoints());
        WORD.set(page, 0x28, params.pmuCounters());
        WORD.set(page, 0x30, (long) params.hash());
        digest.update(page);
        digestInto(slots[RIM], 0);
        if (observer != null) {
            observer.extended(new RimExtension(Kind.REALM, 0, 0, hex(page, 0, PARAMETER_BYTES), "", rim()));
        }
    }

    HashAlgorithm algorithm() {
        return algorithm;
    }

    /** The digest in a slot, as long as the algorithm's digests. */
    byte[] read(int slot) {
        return Arrays.copyOf(slots[slot], algorithm.sizeBytes());
    }

    /** Word 0 to 7 of a slot, little endian; zero behind the digest. */
    long word(int slot, int word) {
        return (long) WORD.get(slots[slot], word * Long.BYTES);
    }

    /** RMI_RTT_DATA_MAP_INIT: the address always counts, the contents if {@code measured}. */
    void extendData(long ipa, boolean measured, byte[] contents) {
        begin(DATA_TYPE);
        WORD.set(descriptor, 0x50, ipa);
        WORD.set(descriptor, 0x58, measured ? 1L : 0L);
        if (measured) {
            digest.update(contents);
            digestInto(descriptor, 0x60);
        }
        extendRim();
    }

    /** RMI_REC_CREATE of a runnable REC: its flags, PC and X0 to X7, but not its MPIDR. */
    void extendRec(RecParams params) {
        byte[] page = new byte[4096];
        WORD.set(page, 0x0, params.flags());
        WORD.set(page, 0x200, params.pc());
        for (int i = 0; i < RecParams.REGISTERS; i++) {
            WORD.set(page, 0x300 + i * Long.BYTES, params.registers()[i]);
        }
        begin(REC_TYPE);
        digest.update(page);
        digestInto(descriptor, 0x50);
        extendRim();
    }

    /** RMI_RTT_INIT_RIPAS of RMM 1.0: one entry of a table, from its IPA to its end. */
    void extendRipas(long base, long top) {
        begin(RIPAS_TYPE);
        WORD.set(descriptor, 0x50, base);
        WORD.set(descriptor, 0x58, top);
        extendRim();
    }

    /** RSI_MEASUREMENT_EXTEND: REM = H(REM || value). */
    void extendRem(int slot, byte[] value, int length) {
        digest.update(slots[slot], 0, algorithm.sizeBytes());
        digest.update(value, 0, length);
        digestInto(slots[slot], 0);
    }

    /** The realm is no longer NEW: from now on its RIM stays what it is. */
    void freezeRim() {
        rimFrozen = true;
    }

    private void begin(int type) {
        if (rimFrozen) {
            throw new BrokenInvariant("the RIM changes only while the realm is NEW");
        }
        Arrays.fill(descriptor, (byte) 0);
        descriptor[0] = (byte) type;
        WORD.set(descriptor, 0x8, (long) DESCRIPTOR_BYTES);
        System.arraycopy(slots[RIM], 0, descriptor, 0x10, algorithm.sizeBytes());
    }

    private void extendRim() {
        digest.update(descriptor);
        digestInto(slots[RIM], 0);
        if (observer != null) {
            observer.extended(described());
        }
    }

    /** What was just measured: the descriptor has all of it. */
    private RimExtension described() {
        long first = (long) WORD.get(descriptor, 0x50);
        long second = (long) WORD.get(descriptor, 0x58);
        int size = algorithm.sizeBytes();
        String before = hex(descriptor, 0x10, size);
        return switch (descriptor[0]) {
            case DATA_TYPE ->
                new RimExtension(
                        Kind.DATA,
                        first,
                        first + Granule.SIZE_BYTES,
                        second == 1 ? hex(descriptor, 0x60, size) : "",
                        before,
                        rim());
            case REC_TYPE -> new RimExtension(Kind.REC, 0, 0, hex(descriptor, 0x50, size), before, rim());
            case RIPAS_TYPE -> new RimExtension(Kind.RIPAS, first, second, "", before, rim());
            default -> throw new IllegalStateException("no descriptor has type " + descriptor[0]);
        };
    }

    private String rim() {
        return hex(slots[RIM], 0, algorithm.sizeBytes());
    }

    private static String hex(byte[] bytes, int offset, int size) {
        return HexFormat.of().formatHex(bytes, offset, offset + size);
    }

    /** Puts the digest where it is to stay, so that an extension makes no garbage. */
    private void digestInto(byte[] into, int offset) {
        try {
            digest.digest(into, offset, algorithm.sizeBytes());
        } catch (DigestException e) {
            throw new IllegalStateException("a slot holds any digest", e);
        }
    }
}
