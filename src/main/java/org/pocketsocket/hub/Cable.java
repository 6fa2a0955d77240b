package org.pocketsocket.hub;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connection under a transport, where the server lets us at it. Payara and GlassFish end a connection only when
 * its client has taken all that was queued for it: one that never reads would stay for ever, and what waits for it, too.
 * On the other servers there is nothing to cut, and nothing to wait for.
 */
public final class Cable {

    /** From the servlet's request to Grizzly's connection. */
    private static final List<String> WAY = List.of("getUnwrappedCoyoteRequest", "getCoyoteRequest", "getConnection");

    private final @Nullable Object connection;

    private Cable(@Nullable Object connection) {
        this.connection = connection;
    }

    /** Of a request while it is served: the container's own, not wrapped. */
    public static Cable of(Object request) {
        Object at = request;
        for (String step : WAY) {
            at = at == null ? null : call(at, step);
        }
        return new Cable(at);
    }

    /** Ends the connection now, whatever still waits in it. */
    public void cut() {
        if (connection != null) {
            call(connection, "terminateSilently");
        }
    }

    private static @Nullable Object call(Object on, String name) {
        try {
            Method method = on.getClass().getMethod(name);
            return method.invoke(on);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // another server, or another version of it
        }
    }
}
