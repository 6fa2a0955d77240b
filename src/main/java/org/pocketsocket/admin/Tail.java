package org.pocketsocket.admin;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;
import org.pocketsocket.hub.Bucket;
import org.pocketsocket.message.Outgoing;

/** A look at what one channel sends: so many events a second, and the beginning of each. Thread-safe. */
final class Tail {

    private static final int SHOWN_PER_SECOND = 50;
    private static final int LONGEST = 2000;

    private final Bucket bucket = new Bucket(SHOWN_PER_SECOND, SHOWN_PER_SECOND, System.nanoTime());
    private @Nullable Runnable ending;
    private long skipped;

    /**
     * What was seen.
     *
     * @param data JSON, or its beginning
     * @param skipped events that were not shown, since the last that was
     */
    public record Seen(String channel, String event, String data, boolean cut, long skipped) {}

    synchronized void begin(Runnable end) {
        ending = end;
    }

    synchronized void end() {
        if (ending != null) {
            ending.run();
            ending = null;
        }
    }

    void show(Member to, Outgoing.Event event) {
        long left;
        synchronized (this) {
            if (!bucket.take(System.nanoTime())) {
                skipped++;
                return;
            }
            left = skipped;
            skipped = 0;
        }
        boolean cut = event.data().length() > LONGEST;
        String data = cut ? event.data().substring(0, LONGEST) : event.data();
        to.sendVolatile("seen", new Seen(event.channel(), event.event(), data, cut, left));
    }
}
