package org.pocketsocket.history;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps events in memory, within a bound over all streams: when it is reached, the stream that was not used for the longest
 * time loses its oldest events, and is forgotten with the last of them. Nothing outlives it.
 */
public final class MemoryArchive implements Archive {

    private final Map<StreamName, Ring> rings = new LinkedHashMap<>(16, 0.75f, true);
    private final String prefix = Long.toString(new SecureRandom().nextLong() >>> 1, 36) + '-';
    private final long most;
    private final LongSupplier clock;
    private long epochs;
    private long bytes;

    /**
     * @param most about how many bytes of memory it may take; characters count two
     * @param clock nanoseconds
     */
    public MemoryArchive(long most, LongSupplier clock) {
        this.most = most;
        this.clock = clock;
    }

    @Override
    public synchronized Place append(StreamName stream, Terms terms, Draft draft) {
        Ring ring = ring(stream);
        long before = ring.bytes();
        ring.expire(terms, clock.getAsLong());
        Place place = ring.append(draft, terms.size(), clock.getAsLong());
        bytes += ring.bytes() - before;
        shrink();
        return place;
    }

    /** The place that the next event will have. */
    synchronized Place next(StreamName stream) {
        Place end = ring(stream).end();
        return new Place(end.epoch(), end.offset() + 1);
    }

    synchronized boolean knows(StreamName stream) {
        return rings.containsKey(stream);
    }

    /** A stream's end, as a store has it. */
    synchronized void restore(StreamName stream, Place end) {
        Ring ring = ring(stream);
        long before = ring.bytes();
        if (!ring.end().epoch().equals(end.epoch())) {
            bytes -= before;
            ring = new Ring(end.epoch(), stream);
            rings.put(stream, ring);
            before = 0;
        }
        ring.skipTo(end.offset());
        bytes += ring.bytes() - before;
        shrink();
    }

    /**
     * An event, as a store has it.
     *
     * @see Restored
     */
    synchronized void restore(StreamName stream, Place place, Restored restored) {
        restore(stream, new Place(place.epoch(), place.offset() - 1));
        Ring ring = ring(stream);
        if (ring.end().offset() == place.offset() - 1) {
            long before = ring.bytes();
            Place ignored = ring.append(restored.draft, restored.size, restored.at);
            bytes += ring.bytes() - before;
            shrink();
        }
    }

    /**
     * @param size events of the stream that are kept
     * @param at nanoseconds
     */
    record Restored(Draft draft, int size, long at) {}

    /** Something may have been lost: all streams begin anew. */
    synchronized void renew() {
        rings.values().forEach(ring -> ring.renew(epoch()));
    }

    /** All that is kept, in the order of its last use. */
    synchronized void each(Visitor visitor) throws IOException {
        for (Map.Entry<StreamName, Ring> each : rings.entrySet()) {
            visitor.stream(each.getKey(), each.getValue().end(), each.getValue().events());
        }
    }

    /** See {@link #each}. */
    interface Visitor {
        void stream(StreamName stream, Place end, List<Ring.Timed> events) throws IOException;
    }

    @Override
    public synchronized Page read(StreamName stream, Terms terms, Range range) {
        Ring ring = ring(stream);
        long before = ring.bytes();
        ring.expire(terms, clock.getAsLong());
        bytes += ring.bytes() - before;
        Page page = ring.read(range);
        shrink();
        return page;
    }

    /** About what it takes. */
    public synchronized long bytes() {
        return bytes;
    }

    private Ring ring(StreamName stream) {
        Ring known = rings.get(stream);
        if (known == null) {
            known = new Ring(epoch(), stream);
            rings.put(stream, known);
            bytes += known.bytes();
        }
        return known;
    }

    private String epoch() {
        return prefix + Long.toString(epochs++, 36);
    }

    private void shrink() {
        Iterator<Ring> oldest = rings.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            Ring ring = oldest.next();
            bytes -= ring.bytes();
            while (!ring.isEmpty() && bytes + ring.bytes() > most) {
                ring.drop();
            }
            if (ring.isEmpty()) {
                oldest.remove();
            } else {
                bytes += ring.bytes();
            }
        }
    }

    @Override
    public void close() {
        // nothing outlives it
    }
}
