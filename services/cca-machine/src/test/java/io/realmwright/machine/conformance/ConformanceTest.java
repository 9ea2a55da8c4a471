package io.realmwright.machine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    private static final Path PAGE = Path.of("../../docs/conformance.md");
    private static final boolean WRITE = Boolean.getBoolean("conformance.write");

    @Test
    void everyRecordedCallAgreesAndThePageIsCurrent() throws IOException {
        var page = new ConformancePage();
        if (WRITE) {
            Files.writeString(PAGE, page.text());
        }

        assertThat(page.disagreements()).isEmpty();
        assertThat(Files.readString(PAGE)).isEqualTo(page.text());
    }
}
