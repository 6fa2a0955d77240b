package org.pocketsocket.history;

import java.security.SecureRandom;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
        Place place = ring.append(draft, terms, clock.getAsLong());
        bytes += ring.bytes() - before;
        shrink();
        return place;
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
            known = new Ring(prefix + Long.toString(epochs++, 36), stream);
            rings.put(stream, known);
            bytes += known.bytes();
        }
        return known;
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
