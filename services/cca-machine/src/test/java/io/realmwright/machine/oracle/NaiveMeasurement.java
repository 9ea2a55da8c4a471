package io.realmwright.machine.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The RIM and the REMs, calculated from nothing but the reference's section on measurement. */
public final class NaiveMeasurement {
    private static final int PAGE = 4096;

    private final MessageDigest hash;
    private byte[] rim;

    private NaiveMeasurement(String algorithm) {
        try {
            this.hash = MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        this.rim = new byte[hash.getDigestLength()];
    }

    /**
     * Of a realm just created, with one debug break- and watchpoint and no optional feature.
     *
     * @param code of the algorithm in the realm's parameters
     */
    public static NaiveMeasurement ofRealm(String algorithm, int code, int ipaBits) {
        ByteBuffer page = littleEndian(PAGE);
        page.putInt(0x8, ipaBits);
        page.putInt(0x18, 1);
        page.putInt(0x20, 1);
        page.put(0x30, (byte) code);
        var measurement = new NaiveMeasurement(algorithm);
        measurement.rim = measurement.digest(page);
        return measurement;
    }

    /** The image's pages from an address on, the last one filled up with zeros. */
    public NaiveMeasurement andImage(long ipa, byte[] image, boolean measured) {
        for (int offset = 0; offset < image.length; offset += PAGE) {
            byte[] page = Arrays.copyOf(Arrays.copyOfRange(image, offset, Math.min(offset + PAGE, image.length)), PAGE);
            ByteBuffer descriptor = descriptor(0);
            descriptor.putLong(0x50, ipa + offset);
            descriptor.putLong(0x58, measured ? 1 : 0);
            descriptor.put(0x60, measured ? hash.digest(page) : new byte[0]);
            rim = digest(descriptor);
        }
        return this;
    }

    /** On RMM 1.0: memory that the host declares, in entries of one size. */
    public NaiveMeasurement andDeclared(long base, long top, long entrySize) {
        for (long ipa = base; ipa < top; ipa += entrySize) {
            ByteBuffer descriptor = descriptor(2);
            descriptor.putLong(0x50, ipa);
            descriptor.putLong(0x58, ipa + entrySize);
            rim = digest(descriptor);
        }
        return this;
    }

    /** A runnable vCPU whose registers are zero. */
    public NaiveMeasurement andRunnableRec(long pc) {
        ByteBuffer params = littleEndian(PAGE);
        params.putLong(0, 1);
        params.putLong(0x200, pc);
        ByteBuffer descriptor = descriptor(1);
        descriptor.put(0x50, digest(params));
        rim = digest(descriptor);
        return this;
    }

    /** What every extension of the RIM begins with: type, length and the RIM so far. */
    private ByteBuffer descriptor(int type) {
        ByteBuffer descriptor = littleEndian(0x100);
        descriptor.put(0, (byte) type);
        descriptor.putLong(0x8, 0x100);
        descriptor.put(0x10, rim);
        return descriptor;
    }

    private byte[] digest(ByteBuffer whole) {
        hash.update(whole);
        return hash.digest();
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public String rim() {
        return HexFormat.of().formatHex(rim);
    }

    /** A REM that was zero and has been extended by these values, one after the other. */
    public static String rem(String algorithm, byte[]... values) {
        var measurement = new NaiveMeasurement(algorithm);
        byte[] rem = measurement.rim;
        for (byte[] value : values) {
            measurement.hash.update(rem);
            rem = measurement.hash.digest(value);
        }
        return HexFormat.of().formatHex(rem);
    }

    /** Words as a guest has them in memory. */
    public static byte[] words(long... words) {
        byte[] bytes = new byte[words.length * Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(words);
        return bytes;
    }
}
