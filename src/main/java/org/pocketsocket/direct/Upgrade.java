package org.pocketsocket.direct;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.grizzly.GrizzlyConnection;
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

    /**
     * @param bare whether to talk to the network itself where it can be had
     * @param timer runs a task after a time, on a thread that must not be held up
     */
    record Terms(Rules rules, boolean mayDeflate, boolean bare, BiConsumer<Duration, Runnable> timer) {}

    /** What to talk over: the connection that the container gave, or what lies under it. */
    WebConnection connection(WebConnection given) throws IOException {
        try {
            return terms.bare() && cable.connection() != null ? GrizzlyConnection.under(given, cable) : given;
        } catch (LinkageError e) {
            return given; // the container hides its classes from applications
        }
    }

    BiConsumer<Duration, Runnable> timer() {
        return terms.timer();
    }
}
