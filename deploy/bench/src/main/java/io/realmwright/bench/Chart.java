package io.realmwright.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A chart as SVG. */
sealed interface Chart {
    String name();

    String svg();

    /** Bars beside each other. */
    record Bars(String name, String title, String unit, List<Bar> bars) implements Chart {
        record Bar(String label, double value) {}

        @Override
        public String svg() {
            double largest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
            var text = new StringBuilder(head(title));
            int slot = PLOT_WIDTH / Math.max(1, bars.size());
            for (int i = 0; i < bars.size(); i++) {
                Bar bar = bars.get(i);
                long height = Math.round(PLOT_HEIGHT * bar.value() / largest);
                int x = LEFT + i * slot + slot / 6;
                text.append(String.format(
                        Locale.ROOT,
                        "<rect x='%d' y='%d' width='%d' height='%d' fill='#2b6cb0'/>%n",
                        x,
                        TOP + PLOT_HEIGHT - height,
                        slot * 2 / 3,
                        height));
                text.append(label(
                        x + slot / 3,
                        TOP + PLOT_HEIGHT - height - 6,
                        "middle",
                        String.format(Locale.ROOT, "%.0f", bar.value())));
                text.append(label(x + slot / 3, TOP + PLOT_HEIGHT + 18, "middle", bar.label()));
            }
            return text.append(label(LEFT, TOP - 12, "start", unit))
                    .append(TAIL)
                    .toString();
        }
    }

    /** Figures over time: pairs of seconds and values, by the name of what they are of. */
    record Lines(String name, String title, String unit, Map<String, List<double[]>> series) implements Chart {
        private static final List<String> COLOURS = List.of("#2b6cb0", "#c05621", "#2f855a", "#6b46c1");

        @Override
        public String svg() {
            var text = new StringBuilder(head(title));
            double largest = Math.max(1e-9, most(1));
            double longest = Math.max(1e-9, most(0));
            int drawn = 0;
            for (var line : series.entrySet()) {
                String colour = COLOURS.get(drawn % COLOURS.size());
                var points = new StringBuilder();
                line.getValue()
                        .forEach(point -> points.append(String.format(
                                Locale.ROOT,
                                "%.1f,%.1f ",
                                LEFT + PLOT_WIDTH * point[0] / longest,
                                TOP + PLOT_HEIGHT * (1 - point[1] / largest))));
                text.append(String.format(
                        Locale.ROOT,
                        "<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>%n",
                        colour,
                        points));
                drawn++;
                text.append(String.format(
                        Locale.ROOT,
                        "<text x='%d' y='%d' fill='%s'>%s</text>%n",
                        LEFT + PLOT_WIDTH * drawn / 5,
                        TOP - 12,
                        colour,
                        line.getKey()));
            }
            return text.append(label(LEFT - 6, TOP + 4, "end", String.format(Locale.ROOT, "%.0f", largest)))
                    .append(label(LEFT, TOP - 12, "start", unit))
                    .append(label(
                            LEFT + PLOT_WIDTH,
                            TOP + PLOT_HEIGHT + 18,
                            "end",
                            String.format(Locale.ROOT, "%.0f s", longest)))
                    .append(TAIL)
                    .toString();
        }

        private double most(int coordinate) {
            return series.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(point -> point[coordinate])
                    .max()
                    .orElse(1);
        }
    }

    /** How long the fastest so many percent took. */
    record Percentiles(String name, String title, Latencies latencies) implements Chart {
        private static final double[] MARKS = {0, 50, 90, 95, 99, 99.9};

        @Override
        public String svg() {
            var text = new StringBuilder(head(title));
            double largest = Math.max(1e-9, latencies.millis(99.9));
            var line = new StringBuilder();
            for (double percent = 0; percent <= 99.9; percent += 0.3) {
                line.append(
                        String.format(Locale.ROOT, "%.1f,%.1f ", x(percent), y(latencies.millis(percent), largest)));
            }
            text.append("<polyline fill='none' stroke='#2b6cb0' stroke-width='2' points='")
                    .append(line)
                    .append("'/>\n");
            for (double mark : MARKS) {
                double value = latencies.millis(mark);
                text.append(String.format(
                        Locale.ROOT,
                        "<circle cx='%.1f' cy='%.1f' r='3' fill='#c53030'/>%n",
                        x(mark),
                        y(value, largest)));
                text.append(label(
                        Math.round(x(mark)),
                        Math.round(y(value, largest)) - 8,
                        "end",
                        String.format(Locale.ROOT, "p%s %.1f ms", mark, value)));
            }
            return text.append(TAIL).toString();
        }

        private static double x(double percent) {
            return LEFT + PLOT_WIDTH * percent / 100;
        }

        private static double y(double value, double largest) {
            return TOP + PLOT_HEIGHT * (1 - value / largest);
        }
    }

    int LEFT = 60;
    int TOP = 60;
    int PLOT_WIDTH = 560;
    int PLOT_HEIGHT = 260;
    String TAIL = "</svg>\n";

    private static String head(String title) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif'"
                                + " font-size='12'>%n<rect width='100%%' height='100%%' fill='white'/>%n",
                        LEFT + PLOT_WIDTH + 40,
                        TOP + PLOT_HEIGHT + 50)
                + String.format(Locale.ROOT, "<text x='%d' y='24' font-size='15'>%s</text>%n", LEFT, title)
                + String.format(
                        Locale.ROOT,
                        "<path d='M%d %dV%dH%d' stroke='#444' fill='none'/>%n",
                        LEFT,
                        TOP,
                        TOP + PLOT_HEIGHT,
                        LEFT + PLOT_WIDTH);
    }

    private static String label(long x, long y, String anchor, String text) {
        return String.format(Locale.ROOT, "<text x='%d' y='%d' text-anchor='%s'>%s</text>%n", x, y, anchor, text);
    }
}
