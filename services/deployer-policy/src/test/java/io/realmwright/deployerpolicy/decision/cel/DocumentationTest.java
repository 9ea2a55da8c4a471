package io.realmwright.deployerpolicy.decision.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.types.StructType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DocumentationTest {
    @Test
    void everyFieldThatARuleCanAskForIsDescribed() throws Exception {
        String docs = Files.readString(Path.of("../../docs/policy.md"));

        for (StructType variable : List.of(PolicyTypes.REALM, PolicyTypes.GUEST, PolicyTypes.HOST)) {
            String name = variable.name().toLowerCase(Locale.ROOT);
            assertThat(variable.fields())
                    .isNotEmpty()
                    .allSatisfy(field -> assertThat(docs).contains("`" + name + "." + field.name() + "`"));
        }
        assertThat(docs).contains("| `labels` | map |");
        for (StructType element : List.of(PolicyTypes.MEMSLOT, PolicyTypes.IMAGE)) {
            assertThat(element.fields()).allSatisfy(field -> assertThat(docs).contains("`" + field.name() + "`"));
        }
    }
}
