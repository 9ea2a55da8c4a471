package io.realmwright.deployerpolicy.attestation.cose;

import static org.assertj.core.api.Assertions.assertThat;

import io.realmwright.deployerpolicy.attestation.Decoding;
import io.realmwright.deployerpolicy.testing.TokenForge;
import io.realmwright.machine.attestation.RealmClaims;
import io.realmwright.machine.spec.HashAlgorithm;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes, the decoder answers, and takes no more memory than a token is worth. */
class DecoderFuzzTest {
    private static final int TOKENS = 40_000;
    private static final long BYTES_PER_TOKEN_MAX = 1 << 20;
    private static final TokenForge FORGE = new TokenForge();

    private final CoseEvidenceDecoder decoder = new CoseEvidenceDecoder();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_126})
    void noBytesMakeItThrowOrTakeMemory(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[][] good = {
            good(HashAlgorithm.SHA_256, true), good(HashAlgorithm.SHA_512, true), good(HashAlgorithm.SHA_256, false)
        };
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int decoded = 0;
        for (int i = 0; i < TOKENS; i++) {
            byte[] token = mutated(random, good);
            long before = threads.getCurrentThreadAllocatedBytes();

            Decoding decoding = decoder.decode(token);

            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated)
                    .as("seed %d, token %d: %s", seed, i, TokenForge.hex(token))
                    .isLessThan(BYTES_PER_TOKEN_MAX);
            decoded += decoding instanceof Decoding.Decoded ? 1 : 0;
        }
        // Some flips hit only what a token may hold anyway; without them the mutations would be too wild to get deep.
        assertThat(decoded).isGreaterThan(TOKENS / 100).isLessThan(TOKENS);
    }

    private static byte[] good(HashAlgorithm algorithm, boolean rmm2) {
        var common = TokenForge.common(algorithm);
        RealmClaims claims =
                rmm2 ? new RealmClaims.Rmm2_0(common, TokenForge.filled(5, 32), false) : new RealmClaims.Rmm1_0(common);
        return TokenForge.token(FORGE.draft(claims));
    }

    private static byte[] mutated(RandomGenerator random, byte[][] good) {
        byte[] token = good[random.nextInt(good.length)].clone();
        return switch (random.nextInt(7)) {
            case 0 -> noise(random, random.nextInt(1, 200));
            case 1 -> flipped(random, token, 1);
            case 2 -> flipped(random, token, random.nextInt(2, 20));
            case 3 -> Arrays.copyOf(token, random.nextInt(token.length));
            case 4 -> spliced(random, token, noise(random, random.nextInt(1, 64)));
            case 5 -> spliced(random, token, good[random.nextInt(good.length)]);
            default -> headers(random, token);
        };
    }

    private static byte[] noise(RandomGenerator random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] flipped(RandomGenerator random, byte[] token, int times) {
        for (int i = 0; i < times; i++) {
            token[random.nextInt(token.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return token;
    }

    private static byte[] spliced(RandomGenerator random, byte[] token, byte[] piece) {
        int at = random.nextInt(token.length);
        int from = random.nextInt(piece.length);
        return TokenForge.concat(
                Arrays.copyOf(token, at),
                Arrays.copyOfRange(piece, from, piece.length),
                Arrays.copyOfRange(token, Math.min(token.length, at + random.nextInt(40)), token.length));
    }

    /** Openers of arrays, maps, strings and tags with lengths of any size, where the token had something else. */
    private static byte[] headers(RandomGenerator random, byte[] token) {
        for (int i = 0; i < 4; i++) {
            int at = random.nextInt(token.length - 9);
            token[at] = (byte) (random.nextInt(8) << 5 | random.nextInt(23, 32));
            for (int j = 1; j < 9 && random.nextBoolean(); j++) {
                token[at + j] = (byte) random.nextInt();
            }
        }
        return token;
    }
}
