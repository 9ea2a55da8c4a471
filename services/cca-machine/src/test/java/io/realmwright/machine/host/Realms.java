package io.realmwright.machine.host;

import io.realmwright.machine.guest.Guest;
import io.realmwright.machine.guest.GuestProfile;
import io.realmwright.machine.guest.GuestProgram;
import io.realmwright.machine.guest.GuestStep;
import io.realmwright.machine.spec.HashAlgorithm;
import io.realmwright.machine.spec.ImagePlacement;
import io.realmwright.machine.spec.ImageStore;
import io.realmwright.machine.spec.Ipa;
import io.realmwright.machine.spec.IpaRange;
import io.realmwright.machine.spec.Memslot;
import io.realmwright.machine.spec.RealmSpec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Realms and hosts as tests speak of them. */
final class Realms {
    static final long MIB = 1L << 20;
    static final long FIRMWARE_BASE = 0x4000_0000L;
    static final long RAM_BASE = 0x8000_0000L;
    static final long RAM_SIZE = 256 * MIB;
    static final IpaRange FIRMWARE = IpaRange.of(FIRMWARE_BASE, 4 * MIB);
    static final IpaRange RAM = IpaRange.of(RAM_BASE, RAM_SIZE);
    static final IpaRange LOW_HALF = IpaRange.of(RAM_BASE, RAM_SIZE / 2);

    private static final Map<String, byte[]> IMAGES = new HashMap<>();

    static final ImageStore STORE = digest -> Optional.ofNullable(IMAGES.get(digest));

    private Realms() {}

    static SimulatedHost host(HostProfile profile) {
        return SimulatedHost.boot(new HostConfig(profile, HostConfig.GIB, 1));
    }

    /** Keeps an image and names it by its digest. */
    static String image(byte[] bytes) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            IMAGES.put(digest, bytes);
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static RealmSpec running(GuestProfile profile) {
        byte[] image = GeneratedImage.of(7, 64 * 1024);
        boolean firmware = profile == GuestProfile.EDK2_LINUX;
        List<Memslot> slots = firmware
                ? List.of(new Memslot(FIRMWARE, true), new Memslot(RAM, true))
                : List.of(new Memslot(RAM, true));
        long entry = firmware ? FIRMWARE_BASE : RAM_BASE;
        return new RealmSpec(
                slots,
                1,
                40,
                HashAlgorithm.SHA_256,
                List.of(new ImagePlacement(image(image), new Ipa(entry), true)),
                new Guest.Profile(profile));
    }

    /** A realm of one slot with this image at the base of its RAM, measured; what runs in it is yet to be said. */
    static RealmSpec withImage(byte[] bytes) {
        return withImages(running(GuestProfile.LINUX), new ImagePlacement(image(bytes), new Ipa(RAM_BASE), true));
    }

    /** The same realm with another guest. */
    static RealmSpec running(RealmSpec spec, GuestStep... steps) {
        return new RealmSpec(
                spec.memslots(),
                spec.vcpus(),
                spec.ipaBits(),
                spec.hashAlgorithm(),
                spec.images(),
                new Guest.Custom(new GuestProgram(List.of(steps))));
    }

    static RealmSpec withVcpus(RealmSpec spec, int vcpus) {
        return new RealmSpec(spec.memslots(), vcpus, spec.ipaBits(), spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    static RealmSpec withMemslots(RealmSpec spec, IpaRange... ranges) {
        return new RealmSpec(
                Arrays.stream(ranges).map(range -> new Memslot(range, true)).toList(),
                spec.vcpus(),
                spec.ipaBits(),
                spec.hashAlgorithm(),
                spec.images(),
                spec.guest());
    }

    static RealmSpec withIpaBits(RealmSpec spec, int ipaBits) {
        return new RealmSpec(spec.memslots(), spec.vcpus(), ipaBits, spec.hashAlgorithm(), spec.images(), spec.guest());
    }

    static RealmSpec withImages(RealmSpec spec, ImagePlacement... images) {
        return new RealmSpec(
                spec.memslots(), spec.vcpus(), spec.ipaBits(), spec.hashAlgorithm(), List.of(images), spec.guest());
    }

    static RealmSpec hashedBy(RealmSpec spec, HashAlgorithm hash) {
        return new RealmSpec(spec.memslots(), spec.vcpus(), spec.ipaBits(), hash, spec.images(), spec.guest());
    }
}
