package org.pocketsocket.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;

/** What was said while it could not be sent: so many, and for so long. */
final class Backlog {

    private final int most;
    private final long patience;
    private final Queue<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(Say say, long expires) {}

    Backlog(int most, Duration patience) {
        this.most = most;
        this.patience = patience.toNanos();
    }

    /** Whether there is room for it. */
    boolean add(Say say) {
        return waiting.size() < most && waiting.add(new Waiting(say, System.nanoTime() + patience));
    }

    /** Tries to send each in its order; true takes it out. What has waited too long goes unsent. */
    void flush(Predicate<Say> sent) {
        waiting.removeIf(each -> each.expires - System.nanoTime() < 0 || sent.test(each.say));
    }

    void clear() {
        waiting.clear();
    }
}
