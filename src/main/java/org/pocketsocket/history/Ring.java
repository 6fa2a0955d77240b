package org.pocketsocket.history;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The latest events of one stream, in memory. For one thread at a time. */
final class Ring {

    /** About what a stream takes without any event, in bytes. */
    private static final int EMPTY = 400;

    private static final int EACH = 200;

    private String epoch;
    private final Deque<Timed> events = new ArrayDeque<>(0);
    private long last;
    private long bytes;

    /** @param at nanoseconds */
    record Timed(Kept event, long at, long bytes) {}

    Ring(String epoch, StreamName name) {
        this.epoch = epoch;
        this.bytes = EMPTY + 2L * (name.channel().length() + name.room().length());
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    Place end() {
        return new Place(epoch, last);
    }

    /** It begins anew: places of before are places no more. What is kept, is kept. */
    void renew(String other) {
        epoch = other;
    }

    /** It ends there, says a store: what was between is not kept. */
    void skipTo(long offset) {
        while (offset > last && !events.isEmpty()) {
            drop();
        }
        last = Math.max(last, offset);
    }

    List<Timed> events() {
        return List.copyOf(events);
    }

    /** @param now nanoseconds */
    Place append(Archive.Draft draft, int size, long now) {
        while (events.size() >= size) {
            drop();
        }
        last++;
        Timed timed = new Timed(draft.at(last), now, bytes(draft));
        bytes += timed.bytes;
        events.add(timed);
        return end();
    }

    /** Forgets the oldest. */
    void drop() {
        bytes -= events.remove().bytes;
    }

    /** Forgets what is older than it may be. */
    void expire(Terms terms, long now) {
        while (!events.isEmpty() && now - events.element().at > terms.ttl().toNanos()) {
            drop();
        }
    }

    Page read(Range range) {
        Place since = range.since();
        boolean whole = since == null || (since.epoch().equals(epoch) && since.offset() <= last);
        boolean forwards = Reading.isForwards(range);
        if (!whole || (forwards && requireNonNull(since).offset() < last - events.size())) {
            return new Page(end(), false, false, List.of());
        }
        Reading reading = new Reading(range);
        Iterator<Timed> walk = forwards ? events.iterator() : events.descendingIterator();
        while (walk.hasNext() && reading.take(walk.next().event)) {
            // one more
        }
        return new Page(end(), true, reading.isCut(), reading.events());
    }

    private static long bytes(Archive.Draft draft) {
        return EACH
                + 2L * (draft.event().length() + draft.data().length())
                + 100L * draft.except().size();
    }
}
