package org.pocketsocket.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.pocketsocket.bench.load.Figures;
import org.pocketsocket.bench.load.Idle;

/** What was measured: rounds of figures by load and contender. */
final class Board {

    /** The loads, as they are called in the report. */
    enum Load {
        FAN_OUT,
        ASK,
        POST,
        POST_LIST,
        MANY,
        MANY_ONE_BY_ONE,
        NONE_SLOW,
        ONE_SLOW
    }

    private final Map<Load, Map<String, List<Figures>>> rounds = new LinkedHashMap<>();
    private final Map<String, Idle.Rest> rests = new LinkedHashMap<>();
    private final Map<String, Integer> putOut = new LinkedHashMap<>();
    private final List<Micro> micros = new ArrayList<>();
    private final List<Double> starts = new ArrayList<>();

    /**
     * A JMH result.
     *
     * @param nanos of one call, the median of all iterations
     * @param bytes that it allocates
     */
    record Micro(String name, double nanos, double best, double bytes) {}

    void add(Load load, String contender, Figures figures) {
        rounds.computeIfAbsent(load, l -> new LinkedHashMap<>())
                .computeIfAbsent(contender, c -> new ArrayList<>())
                .add(figures);
    }

    void add(String contender, Idle.Rest rest) {
        rests.put(contender, rest);
    }

    void addPutOut(String contender, int slow) {
        putOut.merge(contender, slow, Integer::sum);
    }

    void add(Micro micro) {
        micros.add(micro);
    }

    void addStart(double seconds) {
        starts.add(seconds);
    }

    Set<String> contenders(Load load) {
        return rounds.getOrDefault(load, Map.of()).keySet();
    }

    /** The medians of its rounds; nothing when it was not measured. */
    Optional<Figures> figures(Load load, String contender) {
        return Optional.ofNullable(rounds.getOrDefault(load, Map.of()).get(contender))
                .map(Figures::median);
    }

    /** One of them; NaN when it was not measured. */
    double value(Load load, String contender, ToDoubleFunction<Figures> figure) {
        return figures(load, contender).stream().mapToDouble(figure).findFirst().orElse(Double.NaN);
    }

    Map<String, Idle.Rest> rests() {
        return rests;
    }

    int putOut(String contender) {
        return putOut.getOrDefault(contender, 0);
    }

    List<Micro> micros() {
        return micros;
    }

    /** Seconds to the first message, the best of the starts. */
    double start() {
        return starts.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
