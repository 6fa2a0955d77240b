package org.pocketsocket.bench.load;

/** Deliveries, or round trips, and what the server paid for them, from one moment to another. */
final class Count {

    private final Target target;
    private final long startedAt = System.nanoTime();
    private final Usage before;
    private final long base;

    Count(Target target, long base) {
        this.target = target;
        this.base = base;
        this.before = target.usage();
    }

    /** What it came to, when the counter now stands there. */
    Figures upTo(long now, Samples samples) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        Usage after = target.usage();
        long events = now - base;
        if (events == 0) {
            throw new IllegalStateException("nothing came back for " + Math.round(seconds) + " s");
        }
        return new Figures(
                events / seconds,
                (after.cpuMicros() - before.cpuMicros()) / (double) events,
                new Figures.Delay(samples.percentile(50), samples.percentile(99)),
                after.residentKb());
    }
}
