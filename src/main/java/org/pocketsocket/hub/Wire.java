package org.pocketsocket.hub;

import org.pocketsocket.message.Parcel;

/** The outbound half of a transport. No method blocks, none throws: a broken wire tells its edge, which tells the hub. */
public interface Wire {

    /**
     * Sends a parcel. Called by one thread at a time, and not again before the wire is ready.
     *
     * @param more another parcel follows at once: no need to flush
     * @param ready to be run, once, when the wire takes more; only if the answer is false
     * @return whether it takes more right now
     */
    boolean write(Parcel parcel, boolean more, Runnable ready);

    /** What kind it is, in a word: for counting. */
    default String transport() {
        return "other";
    }

    /** Asks the other side for a sign of life. */
    void ping();

    /** Says goodbye and ends the transport, by force if the other side does not answer soon. */
    void close(Goodbye goodbye);
}
