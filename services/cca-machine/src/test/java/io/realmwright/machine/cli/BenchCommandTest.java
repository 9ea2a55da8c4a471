package io.realmwright.machine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchCommandTest {
    @Test
    void theOperationsAskedForStandBesideTheReference() {
        CommandLine run = CommandLine.run("bench", "--only", "READ_ENTRY", "--seconds", "0.1");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern(
                        "READ_ENTRY level 3 \\(start level 1\\) +108\\.0 +[0-9.]+ +[0-9.]+x +5\\.0x (met|missed)\\R")
                .containsPattern("READ_ENTRY level 2 +79\\.0 ")
                .containsPattern("1\\.0 READ_ENTRY level 3 +522\\.0 ")
                .doesNotContain("DATA_MAP", "whole realms");
    }

    @Test
    void anOperationThatThereIsNotIsSaid() {
        assertThat(CommandLine.run("bench", "--only", "PDEV_CREATE"))
                .isEqualTo(new CommandLine(2, "", "No operation's name contains \"PDEV_CREATE\".\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "--seconds", "--seconds 0", "--seconds 61", "--seconds NaN", "--seconds soon"})
    void badUsageIsAnsweredWithTheRightOne(String arguments) {
        CommandLine run = CommandLine.run(("bench " + arguments).split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Usage: java -jar cca-machine.jar bench [OPTION…]");
    }

    @Test
    void helpSaysWhereTheFiguresComeFrom() {
        CommandLine run = CommandLine.run("bench", "--help");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("--only TEXT", "--seconds N", "TF-RMM built for x86-64");
    }
}
