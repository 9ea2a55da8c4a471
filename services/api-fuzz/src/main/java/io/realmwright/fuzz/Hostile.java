package io.realmwright.fuzz;

import java.util.List;
import java.util.random.RandomGenerator;

/** Values that services are known to stumble over. */
final class Hostile {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "null",
            "undefined",
            "-1",
            "0x",
            "0x-1",
            "0xffffffffffffffff",
            "0x8000000000000000",
            "0x7fffffffffffffff",
            "9223372036854775808",
            "1e400",
            "NaN",
            "00000000-0000-0000-0000-000000000000",
            "../../etc/passwd",
            "%00",
            "%2e%2e%2f",
            "%",
            "${jndi:ldap://127.0.0.1:1/a}",
            "'; drop table realm; --",
            "\" or \"\"=\"",
            "<script>alert(1)</script>",
            "caf\u00e9", // NFC
            "cafe\u0301", // NFD of the same
            "\u202eexe.mlaer", // right to left override
            "\u05e9\u05dc\u05d5\u05dd",
            "\ud83d\ude00", // a pair of surrogates
            "\ud83d", // half a pair
            "\udc00\ud83d", // a pair the wrong way round
            "\ufeff", // byte order mark
            "\uffff",
            "\u2028\u2029",
            "\u0130\u0131\u017f", // letters that change their length with their case
            "a\nb: c\r\nd",
            "a,b;c=d",
            "*",
            "\\",
            "W/\"1\"",
            "\"1\"",
            "\"\"",
            "\"99999999999999999999\"",
            "PT1M",
            "2026-11-26T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "-999999999-01-01T00:00:00Z",
            "0000-00-00T00:00:00Z");

    /** Rules that would keep an evaluator, a parser or a matcher of patterns busy for ever, if it let them. */
    private static final List<String> RULES = List.of(
            "true",
            "1",
            "guest.profile",
            "nonsense",
            "guest.",
            "\"a\".matches(\"(a+)+$\")",
            "\"" + "a".repeat(40) + "!\".matches(\"(a|aa)+$\")",
            nestedLoops(8),
            "(".repeat(3_000) + "true" + ")".repeat(3_000),
            "true && ".repeat(1_000) + "true",
            "!".repeat(5_000) + "true",
            "size(\"" + "x".repeat(9_000) + "\") > 0",
            "9223372036854775807 + 1 > 0",
            "1 / 0 == 0",
            "[1][5] == 0",
            "{\"a\": 1}[\"b\"] == 0",
            "timestamp(\"nonsense\") > timestamp(\"2026-11-26T00:00:00Z\")",
            "labels[\"\u0000\"] == \"\ud83d\ude00\"",
            "has(labels.a) ? labels.a == \"b\" : false");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "0.5",
            "-0.0",
            "2147483648",
            "-9223372036854775809",
            "9223372036854775807",
            "9223372036854775808",
            "1e400",
            "-1e400",
            "1E-400",
            "9".repeat(400),
            "9".repeat(5_000),
            "0." + "3".repeat(2_000),
            "1e999999999");

    private Hostile() {}

    private static String nestedLoops(int depth) {
        String list = "[0,1,2,3,4,5,6,7,8,9]";
        var rule = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            rule.append(list).append(".all(x").append(i).append(", ");
        }
        return rule + "true" + ")".repeat(depth);
    }

    static String text(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> "x".repeat(random.nextInt(1, 70_000));
            case 1 -> "\ud83d\ude00".repeat(random.nextInt(1, 200));
            case 2 -> "e" + "\u0301".repeat(random.nextInt(1, 2_000)); // one letter under a tower of accents
            case 3 -> junk(random);
            case 4 -> RULES.get(random.nextInt(RULES.size()));
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    static String rule(RandomGenerator random) {
        return RULES.get(random.nextInt(RULES.size()));
    }

    /** A number as JSON spells it. */
    static String number(RandomGenerator random) {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private static String junk(RandomGenerator random) {
        return random.ints(random.nextInt(1, 40), 0, 0x10000)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }
}
