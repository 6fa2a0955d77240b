package org.pocketsocket.hub;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * The TCP connection under a transport, where the server lets us at it. Payara and GlassFish end a connection only when
 * its client has taken all that was queued for it: one that never reads would stay for ever, and what waits for it, too.
 * On the other servers there is nothing to cut, and nothing to wait for.
 */
public final class Cable {

    private final @Nullable Object connection;
    private final @Nullable Object application;

    private Cable(@Nullable Object connection, @Nullable Object application) {
        this.connection = connection;
        this.application = application;
    }

    /** Of a request while it is served: the container's own, not wrapped. */
    public static Cable of(Object request) {
        Object own = call(request, "getUnwrappedCoyoteRequest");
        Object payaras = call(own, "getCoyoteRequest");
        Object below = payaras == null ? call(own, "getGrizzlyRequest") : payaras; // as GlassFish says since 7
        return new Cable(call(below, "getConnection"), call(own, "getContext"));
    }

    /** Grizzly's TCP connection. */
    public @Nullable Object connection() {
        return connection;
    }

    /** What the container has for the application that the request was for. */
    public @Nullable Object application() {
        return application;
    }

    /** Ends the connection now, whatever still waits in it. */
    public void cut() {
        if (connection != null) {
            call(connection, "terminateSilently");
        }
    }

    private static @Nullable Object call(@Nullable Object on, String name) {
        if (on == null) {
            return null;
        }
        try {
            Method method = on.getClass().getMethod(name);
            return method.invoke(on);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // another server, or another version of it
        }
    }
}
