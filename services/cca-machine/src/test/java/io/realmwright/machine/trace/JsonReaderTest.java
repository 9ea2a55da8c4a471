package io.realmwright.machine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void everyKindOfValueIsRead() throws JsonSyntaxException {
        Json value =
                JsonReader.read(" { \"a\" : [ 1 , -2.5e+3, \"x\" ] ,\t\"b\":{},\"c\":[],\"d\":[true,false,null]} ");

        assertThat(value)
                .isEqualTo(new Json.Members(Map.of(
                        "a",
                        new Json.Items(List.of(new Json.Numeral("1"), new Json.Numeral("-2.5e+3"), new Json.Text("x"))),
                        "b",
                        new Json.Members(Map.of()),
                        "c",
                        new Json.Items(List.of()),
                        "d",
                        new Json.Items(List.of(Json.Literal.TRUE, Json.Literal.FALSE, Json.Literal.NULL)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"\"|",
                "\"plain\"|plain",
                "\"\\\"\\\\\\/\"|\"\\/",
                "\"a\\u0041\\u00e9b\"|aA\u00e9b",
                "\"\u00e9\ud83d\ude00\"|\u00e9\ud83d\ude00",
                "\"\\ud83d\\ude00\"|\ud83d\ude00"
            })
    void stringsAreUnescaped(String text, String value) throws JsonSyntaxException {
        assertThat(JsonReader.read(text)).isEqualTo(new Json.Text(value == null ? "" : value));
    }

    @Test
    void controlCharactersAreWrittenAsEscapes() throws JsonSyntaxException {
        assertThat(JsonReader.read("\"\\b\\f\\n\\r\\t\"")).isEqualTo(new Json.Text("\b\f\n\r\t"));
        assertThatThrownBy(() -> JsonReader.read("\"a\tb\""))
                .hasMessage("column 3: a control character inside a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "10", "1.0", "1e9", "1E-9", "-0.5e+0", "123456789012345678901234567890"})
    void numbersKeepTheirSpelling(String literal) throws JsonSyntaxException {
        assertThat(JsonReader.read(literal)).isEqualTo(new Json.Numeral(literal));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|column 1: the text ends where a value should stand",
                "{|column 2: a name in double quotes expected",
                "{\"a\"|column 5: ':' expected",
                "{\"a\":|column 6: the text ends where a value should stand",
                "{\"a\":1|column 7: ',' or '}' expected",
                "{\"a\":1,}|column 8: a name in double quotes expected",
                "{a:1}|column 2: a name in double quotes expected",
                "{\"a\":1,\"a\":2}|column 8: the name \"a\" stands twice",
                "[1,]|column 4: no value here",
                "[1 2]|column 4: ',' or ']' expected",
                "[1]x|column 4: nothing may follow the value",
                "01|column 2: nothing may follow the value",
                "-|column 2: a digit expected",
                "1.|column 3: a digit expected",
                "1e|column 3: a digit expected",
                "+1|column 1: no value here",
                "tru|column 1: no value here",
                "nulls|column 5: nothing may follow the value",
                "'a'|column 1: no value here",
                "\"a|column 3: the text ends inside a string",
                "\"\\|column 3: no such escape",
                "\"\\x\"|column 3: no such escape",
                "\"\\u12g4\"|column 6: four hexadecimal digits expected",
                "\"\\u\u0661234\"|column 4: four hexadecimal digits expected",
                "// a|column 1: no value here"
            })
    void whatIsNoJsonIsRefusedAtItsColumn(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(text == null ? "" : text))
                .isInstanceOf(JsonSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void nestingIsLimited() throws JsonSyntaxException {
        int most = JsonReader.DEPTH_MAX;
        assertThat(JsonReader.read("[".repeat(most) + "]".repeat(most))).isInstanceOf(Json.Items.class);
        assertThatThrownBy(() -> JsonReader.read("[".repeat(most + 1) + "]".repeat(most + 1)))
                .hasMessage("column 17: nested deeper than 16");
    }

    @Test
    void theNumberOfValuesIsLimited() {
        String tooMany = "[" + "1,".repeat(JsonReader.VALUES_MAX) + "1]";
        assertThatThrownBy(() -> JsonReader.read(tooMany)).hasMessageEndingWith("more than 4000000 values");
    }
}
