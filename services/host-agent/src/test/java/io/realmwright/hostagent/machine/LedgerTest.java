package io.realmwright.hostagent.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final List<String> recorded = new ArrayList<>();
    private final Ledger ledger = new Ledger(Runnable::run);
    private boolean away;

    @Test
    void anEntryIsRecordedAtOnce() {
        ledger.write(entry("one"));

        assertThat(recorded).containsExactly("one");
    }

    @Test
    void whatIsNotTakenIsOwedInItsOrder() {
        away = true;
        ledger.write(entry("one"));
        ledger.write(entry("two"));
        away = false;
        ledger.write(entry("three"));
        assertThat(recorded).isEmpty();

        ledger.settle();

        assertThat(recorded).containsExactly("one", "two", "three");
    }

    @Test
    void settlingThrowsWhatTheDatabaseThrewUntilEverythingIsTaken() {
        away = true;
        ledger.write(entry("one"));

        assertThatThrownBy(ledger::settle).hasMessage("away");
        assertThat(recorded).isEmpty();

        away = false;
        ledger.settle();
        ledger.settle();
        assertThat(recorded).containsExactly("one");
    }

    @Test
    void whoeverWantsToKnowWhatCameOfAnEntryIsToldOrItIsOwed() {
        assertThat(ledger.<Integer>record(() -> recorded.size())).isZero();

        away = true;
        assertThatThrownBy(() -> ledger.record(() -> {
                    entry("one").run();
                    return recorded.size();
                }))
                .hasMessage("away");
        away = false;

        assertThat(ledger.<Integer>record(() -> recorded.size()))
                .as("what was owed comes first")
                .isOne();
    }

    @Test
    void whatIsOwedOnPurposeIsRecordedInTheTransactionOfWhatIsWrittenNext() {
        var transactions = new ArrayList<List<String>>();
        var grouping = new Ledger(work -> {
            recorded.clear();
            work.run();
            transactions.add(List.copyOf(recorded));
        });

        grouping.owe(entry("one"));
        grouping.owe(entry("two"));
        assertThat(transactions).isEmpty();
        grouping.write(entry("three"));
        grouping.settle();

        assertThat(transactions).containsExactly(List.of("one", "two", "three"));
    }

    private Runnable entry(String name) {
        return () -> {
            if (away) {
                throw new IllegalStateException("away");
            }
            recorded.add(name);
        };
    }
}
