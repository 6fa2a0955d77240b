package org.pocketsocket.direct;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.hub.Cable;

/**
 * How a connection is to be used.
 *
 * @param terms what the door allows all its connections
 * @param guest makes the one who talks; called once, before anything is read
 * @param cable what lies under it
 * @param deflate inflates what this client sends deflated, if that was agreed
 */
record Upgrade(
        Terms terms,
        Function<DirectConnection, Guest> guest,
        Cable cable,
        @Nullable Deflate deflate) {

    /** @param timer runs a task after a time, on a thread that must not be held up */
    record Terms(Rules rules, boolean mayDeflate, BiConsumer<Duration, Runnable> timer) {}

    BiConsumer<Duration, Runnable> timer() {
        return terms.timer();
    }
}
