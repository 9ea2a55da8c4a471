package io.realmwright.bench;

import java.util.List;

/**
 * How a figure goes over time, as the straight line that fits best.
 *
 * @param perHour how much it grows in an hour
 * @param growth how much it grew, by that line, over the time that was looked at
 * @param mean of the values
 */
record Trend(double perHour, double growth, double mean) {
    private static final double SECONDS_PER_HOUR = 3_600;

    /** What is allowed beside a tenth of the mean: caches fill, and the compiler goes on for a while. */
    private static final double SLACK = 8 << 20;

    private static final double TOLERANCE = 0.1;

    /** @param seconds and values of the same moments, two at least */
    static Trend of(List<Double> seconds, List<Double> values) {
        double meanX = mean(seconds);
        double meanY = mean(values);
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < seconds.size(); i++) {
            double x = seconds.get(i) - meanX;
            xy += x * (values.get(i) - meanY);
            xx += x * x;
        }
        double slope = xx == 0 ? 0 : xy / xx;
        return new Trend(slope * SECONDS_PER_HOUR, slope * (seconds.getLast() - seconds.getFirst()), meanY);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    boolean isFlat() {
        return growth <= mean * TOLERANCE + SLACK;
    }
}
