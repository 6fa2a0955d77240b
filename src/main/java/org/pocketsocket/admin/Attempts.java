package org.pocketsocket.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How often a wrong secret may be tried in a minute: by one address, and by all together. Addresses are remembered up to a
 * number; the bound on all together holds when somebody has more of them. Thread-safe: one guess at a time.
 */
final class Attempts {

    private static final int REMEMBERED = 1000;
    private static final String ALL = "";

    private final int each;
    private final int together;
    private final LongSupplier clock;
    private final Map<String, Integer> wrong = new LinkedHashMap<>();
    private long since;

    /** What came of a guess. */
    enum Answer {
        YES,
        NO,
        TOO_OFTEN
    }

    /** @param clock nanoseconds */
    Attempts(int each, int together, LongSupplier clock) {
        this.each = each;
        this.together = together;
        this.clock = clock;
        this.since = clock.getAsLong();
    }

    /** Who was wrong too often is not listened to, right or wrong; who is right is not counted. */
    synchronized Answer guess(String address, BooleanSupplier right) {
        if (clock.getAsLong() - since > TimeUnit.MINUTES.toNanos(1)) {
            since = clock.getAsLong();
            wrong.clear();
        }
        if (count(address) >= each || count(ALL) >= together) {
            return Answer.TOO_OFTEN;
        } else if (right.getAsBoolean()) {
            return Answer.YES;
        }
        wrong.merge(ALL, 1, Integer::sum);
        if (wrong.size() <= REMEMBERED || wrong.containsKey(address)) {
            wrong.merge(address, 1, Integer::sum);
        }
        return Answer.NO;
    }

    private int count(String address) {
        return wrong.getOrDefault(address, 0);
    }
}
