package org.pocketsocket.hub;

/** A token bucket: so many a second, and so many at once. For one thread at a time. */
public final class Bucket {

    private final double perNano;
    private final double most;
    private double tokens;
    private long last;

    /** @param now nanoseconds */
    public Bucket(double perSecond, int atOnce, long now) {
        this.perNano = perSecond / 1e9;
        this.most = atOnce;
        this.tokens = atOnce;
        this.last = now;
    }

    /** Takes one; false when there is none. */
    public boolean take(long now) {
        tokens = Math.min(most, tokens + (now - last) * perNano);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
