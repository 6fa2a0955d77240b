package org.pocketsocket.bench;

import java.util.Collection;
import java.util.function.Consumer;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** The codec and the frame engine under JMH. */
final class Microbenchmarks {

    static final int COUNT = 5;
    static final double SECONDS = COUNT * 2 * 3.3;

    private static final int FORKS = 2;
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

    private Microbenchmarks() {}

    static void run(Consumer<Board.Micro> to) throws RunnerException {
        Options options = new OptionsBuilder()
                .include("org\\.pocketsocket\\.bench\\.jmh\\..*")
                .forks(FORKS)
                .warmupIterations(2)
                .warmupTime(ITERATION)
                .measurementIterations(3)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        results.stream().map(Microbenchmarks::micro).forEach(to);
    }

    private static Board.Micro micro(RunResult run) {
        String[] name = run.getParams().getBenchmark().split("\\.");
        Statistics scores = run.getPrimaryResult().getStatistics();
        double bytes = run.getSecondaryResults().keySet().stream()
                .filter(key -> key.endsWith("gc.alloc.rate.norm"))
                .mapToDouble(key -> run.getSecondaryResults().get(key).getScore())
                .findFirst()
                .orElse(Double.NaN);
        return new Board.Micro(
                name[name.length - 2].replace("Benchmark", "") + "." + name[name.length - 1],
                scores.getPercentile(50),
                scores.getMin(),
                bytes);
    }
}
