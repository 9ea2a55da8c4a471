package io.realmwright.deployerpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.realmwright.deployerpolicy.audit.AuditChain.Fault;
import io.realmwright.deployerpolicy.audit.AuditChain.Finding;
import io.realmwright.deployerpolicy.audit.AuditEntry.Head;
import io.realmwright.deployerpolicy.audit.AuditEntry.Pending;
import io.realmwright.deployerpolicy.audit.json.JsonAuditHashes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainTest {
    private static final JsonAuditHashes HASHES = new JsonAuditHashes();
    private static final int LENGTH = 12;

    /** The text was written by hand and hashed with sha256sum. */
    @Test
    void anEntryHashesToTheSha256OfItsSortedJsonWithoutWhiteSpace() throws Exception {
        var entry = AuditEntry.after(
                Head.NONE,
                new Pending(
                        7,
                        Instant.parse("2026-11-22T10:30:00.120Z"),
                        "ada",
                        "DECIDED",
                        "realm/first",
                        "{\"verdict\":\"ALLOW\",\"n\":3}"),
                HASHES);

        String text =
                "{\"actor\":\"ada\",\"at\":\"2026-11-22T10:30:00.120Z\",\"details\":{\"n\":3,\"verdict\":\"ALLOW\"},"
                        + "\"event\":\"DECIDED\",\"position\":1,\"previous\":\"" + "0".repeat(64)
                        + "\",\"subject\":\"realm/first\"}";
        assertThat(entry.hash()).isEqualTo(sha256(text));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anUntouchedTrailIsIntact() {
        var report = check(trail(), List.of(trail().get(4).asHead()));

        assertThat(report.intact()).isTrue();
        assertThat(report.findings()).isEmpty();
        assertThat(report.head()).isEqualTo(trail().getLast().asHead());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20_261_122})
    void tamperingWithAnyRowIsFoundAndNamed(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 500; round++) {
            var trail = new ArrayList<>(trail());
            int row = random.nextInt(LENGTH);
            String deed = tamper(trail, row, random);
            boolean isTail = deed.equals("delete") && row == LENGTH - 1;

            var report = check(trail, isTail ? List.of(trail().getLast().asHead()) : List.of());

            assertThat(report.intact()).as("%s row %d", deed, row).isFalse();
            assertThat(report.findings().getFirst().position())
                    .as("%s row %d: %s", deed, row, report.findings())
                    .isBetween(row + 1L, row + 2L);
        }
    }

    /** Does something to a row that somebody without the trail's later rows could do. */
    private static String tamper(List<AuditEntry> trail, int row, RandomGenerator random) {
        AuditEntry entry = trail.get(row);
        switch (random.nextInt(8)) {
            case 0 -> {
                trail.remove(row);
                return "delete";
            }
            case 1 -> {
                Collections.swap(trail, row, row == LENGTH - 1 ? row - 1 : row + 1);
                return swapped(trail, row);
            }
            case 2 -> trail.set(row, copy(entry, "eve", entry.event(), entry.subject(), entry.details()));
            case 3 -> trail.set(row, copy(entry, entry.actor(), "STOPPED", entry.subject(), entry.details()));
            case 4 -> trail.set(row, copy(entry, entry.actor(), entry.event(), "realm/other", entry.details()));
            case 5 -> trail.set(row, copy(entry, entry.actor(), entry.event(), entry.subject(), "{\"n\":999}"));
            case 6 ->
                trail.set(row, rehashed(copy(entry, "eve", entry.event(), entry.subject(), entry.details()), row));
            default ->
                trail.set(
                        row,
                        new AuditEntry(
                                entry.position(),
                                entry.at().plusSeconds(1),
                                entry.actor(),
                                entry.event(),
                                entry.subject(),
                                entry.details(),
                                entry.previous(),
                                entry.hash()));
        }
        return "change";
    }

    private static String swapped(List<AuditEntry> trail, int row) {
        // The last row changes places with the one before it, which is then the first one that is wrong.
        if (row == LENGTH - 1) {
            Collections.swap(trail, row, row - 1);
            trail.set(row, copy(trail.get(row), "eve", "RAN", "realm/x", "{}"));
        }
        return "swap";
    }

    /** A forger who can hash makes the row right in itself, and leaves the next one hanging; the last one needs a note. */
    private static AuditEntry rehashed(AuditEntry entry, int row) {
        if (row == LENGTH - 1) {
            return entry;
        }
        return new AuditEntry(
                entry.position(),
                entry.at(),
                entry.actor(),
                entry.event(),
                entry.subject(),
                entry.details(),
                entry.previous(),
                HASHES.of(entry));
    }

    @Test
    void theEndCanBeCutOffUnseenUnlessItsHeadWasNoted() {
        List<AuditEntry> cut = trail().subList(0, LENGTH - 2);
        Head noted = trail().getLast().asHead();

        assertThat(check(cut, List.of()).intact()).as("the limit of a chain").isTrue();
        assertThat(check(cut, List.of(noted)).findings())
                .extracting(Finding::position, Finding::fault)
                .containsExactly(tuple(12L, Fault.HEAD_LOST));
    }

    @Test
    void aTrailThatWasRewrittenFromSomeRowOnIsFoundByANotedHead() {
        var rewritten = new ArrayList<>(trail().subList(0, 5));
        Head head = rewritten.getLast().asHead();
        for (int i = 5; i < LENGTH; i++) {
            rewritten.add(AuditEntry.after(head, pending(i, "eve"), HASHES));
            head = rewritten.getLast().asHead();
        }

        assertThat(check(rewritten, List.of(trail().get(9).asHead())).findings())
                .extracting(Finding::position, Finding::fault)
                .containsExactly(tuple(10L, Fault.HEAD_LOST));
    }

    private static AuditEntry copy(AuditEntry entry, String actor, String event, String subject, String details) {
        return new AuditEntry(
                entry.position(), entry.at(), actor, event, subject, details, entry.previous(), entry.hash());
    }

    private static AuditChain.Report check(List<AuditEntry> trail, List<Head> noted) {
        var chain = new AuditChain(HASHES, noted);
        trail.forEach(chain::next);
        return chain.end();
    }

    private static List<AuditEntry> trail() {
        var trail = new ArrayList<AuditEntry>();
        Head head = Head.NONE;
        for (int i = 0; i < LENGTH; i++) {
            trail.add(AuditEntry.after(head, pending(i, "ada"), HASHES));
            head = trail.getLast().asHead();
        }
        return trail;
    }

    private static Pending pending(int number, String actor) {
        return new Pending(
                number,
                Instant.EPOCH.plusSeconds(number),
                actor,
                "DECIDED",
                "realm/r" + number,
                "{\"n\":" + number + "}");
    }
}
