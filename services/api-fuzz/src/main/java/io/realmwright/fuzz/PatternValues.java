package io.realmwright.fuzz;

import java.util.random.RandomGenerator;

/** Random texts that match a pattern: classes, groups, choices and counts, which is what the contracts use. */
final class PatternValues {
    private static final int MORE_MAX = 8; // for + and *, which know no end

    private final String pattern;
    private final RandomGenerator random;
    private int at;

    private PatternValues(String pattern, RandomGenerator random) {
        this.pattern = pattern;
        this.random = random;
    }

    static String matching(String pattern, RandomGenerator random) {
        String inner = pattern.replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        return new PatternValues(inner, random).choice();
    }

    /** One of several sequences, up to the end or the closing parenthesis. All are made, so that reading goes on. */
    private String choice() {
        String chosen = sequence();
        for (int seen = 2; at < pattern.length() && pattern.charAt(at) == '|'; seen++) {
            at++;
            String next = sequence();
            chosen = random.nextInt(seen) == 0 ? next : chosen;
        }
        return chosen;
    }

    private String sequence() {
        var text = new StringBuilder();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            text.append(repeated(start));
        }
        return text.toString();
    }

    private String repeated(int start) {
        String first = one(start);
        int least = 1;
        int most = 1;
        if (at < pattern.length()) {
            switch (pattern.charAt(at)) {
                case '?' -> {
                    least = 0;
                    at++;
                }
                case '*' -> {
                    least = 0;
                    most = MORE_MAX;
                    at++;
                }
                case '+' -> {
                    most = MORE_MAX;
                    at++;
                }
                case '{' -> {
                    int end = pattern.indexOf('}', at);
                    String[] bounds = pattern.substring(at + 1, end).split(",", -1);
                    least = Integer.parseInt(bounds[0]);
                    most = bounds.length == 1 ? least : Integer.parseInt(bounds[1]);
                    at = end + 1;
                }
                default -> {}
            }
        }
        int behind = at;
        int times = random.nextInt(least, most + 1);
        var text = new StringBuilder(times > 0 ? first : "");
        for (int i = 1; i < times; i++) {
            text.append(one(start));
        }
        at = behind;
        return text.toString();
    }

    private String one(int start) {
        at = start;
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> {
                String inside = choice();
                at++; // the closing parenthesis
                yield inside;
            }
            case '[' -> String.valueOf(fromClass());
            case '\\' -> String.valueOf(pattern.charAt(at++));
            default -> String.valueOf(c);
        };
    }

    private char fromClass() {
        int end = pattern.indexOf(']', at);
        var characters = new StringBuilder();
        while (at < end) {
            char from = pattern.charAt(at++);
            if (at + 1 < end && pattern.charAt(at) == '-') {
                for (char c = from; c <= pattern.charAt(at + 1); c++) {
                    characters.append(c);
                }
                at += 2;
            } else {
                characters.append(from);
            }
        }
        at = end + 1;
        return characters.charAt(random.nextInt(characters.length()));
    }
}
