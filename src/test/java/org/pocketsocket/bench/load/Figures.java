package org.pocketsocket.bench.load;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a measurement came to.
 *
 * @param perSecond deliveries, or round trips
 * @param cpuMicros of the server, for each of them
 * @param residentKb of the server, at the end
 */
public record Figures(double perSecond, double cpuMicros, Delay delay, double residentKb) {

    /**
     * In microseconds: of a round trip, or from a publication until its share of deliveries has come.
     *
     * @param p50 the median
     */
    public record Delay(double p50, double p99) {}

    /** The median of each figure. */
    public static Figures median(List<Figures> rounds) {
        return new Figures(
                median(rounds, Figures::perSecond),
                median(rounds, Figures::cpuMicros),
                new Delay(median(rounds, f -> f.delay.p50), median(rounds, f -> f.delay.p99)),
                median(rounds, Figures::residentKb));
    }

    private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
