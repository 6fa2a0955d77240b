package org.pocketsocket.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.pocketsocket.hub.Bucket;

/**
 * How often a wrong secret may be tried: by one address, and by all together. Addresses are remembered up to a number; the
 * bound on all together is what holds when somebody has more of them. Thread-safe.
 */
final class Attempts {

    private static final int REMEMBERED = 1000;
    private static final double MINUTE = 60;

    private final int each;
    private final Bucket all;
    private final LongSupplier clock;
    private final Map<String, Bucket> addresses = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * Counts from now on.
     *
     * @param each tries a minute of one address
     * @param together tries a minute of all
     * @param clock nanoseconds
     */
    Attempts(int each, int together, LongSupplier clock) {
        this.each = each;
        this.clock = clock;
        this.all = new Bucket(together / MINUTE, together, clock.getAsLong());
    }

    /** Whether this address may try once more now. */
    synchronized boolean take(String address) {
        long now = clock.getAsLong();
        Bucket own = addresses.computeIfAbsent(address, a -> new Bucket(each / MINUTE, each, now));
        return own.take(now) && all.take(now);
    }

    /** It knew the secret: what it tried before is forgotten. */
    synchronized void forget(String address) {
        addresses.remove(address);
    }
}
