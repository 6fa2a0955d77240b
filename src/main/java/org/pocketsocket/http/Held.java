package org.pocketsocket.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;

/** A request that is held open until there is something to say. Nothing here blocks, or throws. */
interface Held {

    /**
     * Sends messages.
     *
     * @param last the number of the last of them
     * @param goodbye there will be no more, and why
     * @param ready to be run when it takes more; only if the answer is false
     * @return whether it takes more right now; one that takes only one answer says so by {@link #isOver}
     */
    boolean send(long last, List<String> messages, @Nullable Goodbye goodbye, Runnable ready);

    /** Wants a sign of life. */
    void ping(long last);

    /** Ends it: another one takes its place, or nobody needs it any more. */
    void end();

    boolean isOver();
}
