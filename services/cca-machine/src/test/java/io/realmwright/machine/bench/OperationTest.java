package io.realmwright.machine.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTest {
    static Stream<String> operations() {
        return Operation.all().stream().map(Operation::name);
    }

    /** The calls of a workload have to succeed, so that nobody times refusals. */
    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationCanBeRepeated(String name) {
        Workload workload = named(name).workload().get();

        workload.prepare();
        int first = workload.run();
        workload.prepare();
        int second = workload.run();

        assertThat(first).isPositive().isEqualTo(second);
    }

    private static Operation named(String name) {
        return Operation.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noTwoOperationsShareAName() {
        assertThat(operations()).doesNotHaveDuplicates();
    }

    @Test
    void aLaunchCanBeRepeated() {
        Workload launch = WholeRealms.launch();

        launch.prepare();
        assertThat(launch.run()).isOne();
        launch.prepare();
        assertThat(launch.run()).isOne();
    }
}
