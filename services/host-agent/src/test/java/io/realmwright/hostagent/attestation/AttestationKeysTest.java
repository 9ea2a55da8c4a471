package io.realmwright.hostagent.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttestationKeysTest {
    private static final UUID BOOT = UUID.fromString("3c8f86ad-5d74-4b6f-9c3a-7c1f0a5f4a11");
    private final AttestationKeys keys = new AttestationKeys("seed");

    private static String text(KeyPair pair) {
        return pair.getPublic().toString() + pair.getPrivate();
    }

    @Test
    void aPlatformKeyIsThatOfItsMachineForEver() {
        assertThat(text(keys.platformKey("m0"))).isEqualTo(text(new AttestationKeys("seed").platformKey("m0")));
        assertThat(text(keys.platformKey("m0")))
                .isNotEqualTo(text(keys.platformKey("m1")))
                .isNotEqualTo(text(new AttestationKeys("other").platformKey("m0")));
    }

    @Test
    void aRealmKeyLastsForOneBoot() {
        assertThat(text(keys.realmKey("m0", BOOT))).isEqualTo(text(keys.realmKey("m0", BOOT)));
        assertThat(text(keys.realmKey("m0", BOOT)))
                .isNotEqualTo(text(keys.realmKey("m0", new UUID(1, 1))))
                .isNotEqualTo(text(keys.realmKey("m1", BOOT)))
                .isNotEqualTo(text(keys.platformKey("m0")));
    }

    @Test
    void drawnBytesDoNotDependOnHowManyAreDrawnAtOnce() {
        byte[] whole = new byte[200];
        new SeededRandom("a", "b").nextBytes(whole);
        var inPieces = new SeededRandom("a", "b");
        byte[] pieces = new byte[200];
        for (int from = 0, length = 1;
                from < pieces.length;
                from += length, length = Math.min(length + 7, 200 - from)) {
            byte[] piece = new byte[length];
            inPieces.nextBytes(piece);
            System.arraycopy(piece, 0, pieces, from, length);
        }

        assertThat(pieces).isEqualTo(whole);
    }
}
