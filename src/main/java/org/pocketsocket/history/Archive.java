package org.pocketsocket.history;

import java.util.Set;

/**
 * Keeps the latest events of streams. An implementation promises: within one epoch offsets go up by one and are never given
 * twice, and what a page calls whole is; whenever it is not sure, a stream begins a new epoch. Thread-safe, and bounded over
 * all streams together. Who appends to a stream sees to the order.
 */
public interface Archive extends AutoCloseable {

    /**
     * Adds an event.
     *
     * @return its place
     * @throws IllegalStateException when it cannot be kept: then it has no place
     */
    Place append(StreamName stream, Terms terms, Draft draft);

    /** Reads. A stream that nobody has written to yet begins with this. */
    Page read(StreamName stream, Terms terms, Range range);

    /** Ends it; what a store on disk holds is written. */
    @Override
    void close();

    /**
     * An event to be kept.
     *
     * @param data as JSON
     * @param except ids of the peers who are not to get it
     */
    record Draft(String event, String data, Set<String> except) {

        Kept at(long offset) {
            return new Kept(offset, event, data, except);
        }
    }
}
