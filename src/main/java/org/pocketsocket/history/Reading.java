package org.pocketsocket.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes events, in the order that they are walked through, until a range is full. */
final class Reading {

    private final Range range;
    private final List<Kept> taken = new ArrayList<>();
    private int size;
    private boolean cut;

    Reading(Range range) {
        this.range = range;
    }

    /** Whether events are walked through from the oldest on. */
    static boolean isForwards(Range range) {
        return range.since() != null && !range.reverse();
    }

    /** False: no more, please. */
    boolean take(Kept event) {
        if (isOutside(event.offset())) {
            return true;
        }
        size += event.event().length() + event.data().length();
        cut = taken.size() >= range.limit() || size > range.size();
        if (!cut) {
            taken.add(event);
        }
        return !cut;
    }

    private boolean isOutside(long offset) {
        Place since = range.since();
        return since != null && (range.reverse() ? offset >= since.offset() : offset <= since.offset());
    }

    /** Whether there was one too many. */
    boolean isCut() {
        return cut;
    }

    /** As the range wants them: backwards only when it says so. */
    List<Kept> events() {
        if (range.since() == null && !range.reverse()) {
            Collections.reverse(taken);
        }
        return List.copyOf(taken);
    }
}
