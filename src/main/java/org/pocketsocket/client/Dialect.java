package org.pocketsocket.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Cookies;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Route;

/** How a client talks: which doors a server has for it, and the words. One per client. */
interface Dialect {

    /** A way in. */
    interface Door {
        /** Begins to open it. */
        Pipe open(Route route, Cookies cookies, Pipe.Ear ear);
    }

    /** In the order in which to try them. */
    List<Door> doors();

    /** Begins to talk; the ear hears {@link Heard.Welcome} when the server is ready. */
    Talk begin(Pipe pipe, @Nullable String token, Heard.Ear ear);

    /** Whether a channel hears nothing before it is joined, and must not be spoken to. */
    boolean joinsFirst();
}
