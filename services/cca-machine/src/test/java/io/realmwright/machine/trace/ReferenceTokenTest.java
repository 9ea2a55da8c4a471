package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the reference RMM answered to guests that took tokens. The recordings are not part of this repository: a folder
 * {@code shared/vectors} beside a folder above this one has them, or the test is skipped.
 */
class ReferenceTokenTest {
    private static final Path VECTORS = Path.of("shared", "vectors");

    @ParameterizedTest
    @ValueSource(strings = {"tok_sha256", "tok_sha384_rpv0", "tok_sha512", "tok10_sha256"})
    void theMachineHandsTheReferencesTokenOutAsTheReferenceDid(String name) throws IOException {
        Optional<Path> vectors = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve(VECTORS))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(vectors.isPresent(), "There is no folder shared/vectors with the reference's tokens.");
        byte[] token = Files.readAllBytes(vectors.get().resolve(name + ".cbor"));
        List<String> lines = Files.readAllLines(vectors.get().resolve("traces/attest_" + name + ".jsonl"));
        Stream<String> firmware = Stream.of("{\"token\":\"" + HexFormat.of().formatHex(token) + "\"}");

        ReplayResult replayed = Traces.replay(
                Stream.of(lines.stream().limit(1), firmware, lines.stream().skip(1))
                        .flatMap(part -> part)
                        .toList());

        assertThat(replayed).isInstanceOf(ReplayResult.Agreed.class);
        assertThat(replayed.report().compared()).containsKeys(Expectation.GUEST_RET, Expectation.GREAD);
    }
}
