package io.realmwright.bench;

import java.util.List;

/**
 * What a benchmark came to.
 *
 * @param figures in the order in which they are shown
 */
record Result(List<Figure> figures, List<Chart> charts) {
    /**
     * One figure.
     *
     * @param goal what it is held against, empty if nothing
     * @param isMet whether it is; true if there is no goal
     */
    record Figure(String name, String value, String goal, boolean isMet) {
        static Figure of(String name, String value) {
            return new Figure(name, value, "", true);
        }
    }

    boolean isMet() {
        return figures.stream().allMatch(Figure::isMet);
    }

    String table() {
        var text = new StringBuilder();
        for (Figure figure : figures) {
            String verdict = figure.goal().isEmpty() ? "" : figure.isMet() ? "met" : "MISSED";
            text.append("  %-58s %22s   %-28s %s%n".formatted(figure.name(), figure.value(), figure.goal(), verdict));
        }
        return text.toString();
    }
}
