package org.pocketsocket.websocket;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Cable;
import org.pocketsocket.hub.Caller;
import org.pocketsocket.security.Origins;
import org.pocketsocket.settings.Settings;

/**
 * The opening handshake: checks the origin, and remembers who calls. Jakarta WebSocket tells neither the client's
 * address nor the host it asked for, so a request listener leaves both where the handshake, on the same thread, finds
 * them.
 */
public class PocketHandshake extends ServerEndpointConfig.Configurator {

    private static final String CALLER = "org.pocketsocket.caller";
    private static final String CABLE = "org.pocketsocket.cable";
    private static final Caller UNKNOWN = new Caller("unknown", 0);
    private static final ThreadLocal<Asked> ASKED = new ThreadLocal<>();

    private record Asked(
            Caller caller, Cable cable, @Nullable String host, boolean onLoopback) {}

    /** Sees every request before the server's WebSocket does. */
    @WebListener
    public static class Watch implements ServletRequestListener {

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            if (event.getServletRequest() instanceof HttpServletRequest request
                    && request.getHeader("Upgrade") != null) {
                Caller caller = new Caller(request.getRemoteAddr(), request.getRemotePort());
                boolean onLoopback = isLoopback(request.getLocalAddr());
                ASKED.set(new Asked(caller, Cable.of(request), request.getHeader("Host"), onLoopback));
            }
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            ASKED.remove();
        }

        private static boolean isLoopback(String address) {
            try {
                return InetAddress.getByName(address).isLoopbackAddress(); // a literal: nothing is looked up
            } catch (UnknownHostException e) {
                return false;
            }
        }
    }

    @Override
    public boolean checkOrigin(@Nullable String origin) {
        if (!CDI.current().select(Settings.class).get().standard()) {
            return false;
        }
        Asked asked = ASKED.get();
        Origins origins = CDI.current().select(Origins.class).get();
        return asked == null
                ? origins.allows(origin, null, false)
                : origins.allows(origin, asked.host, asked.onLoopback);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Asked asked = ASKED.get();
        if (asked != null) {
            config.getUserProperties().put(CALLER, asked.caller);
            config.getUserProperties().put(CABLE, asked.cable);
        }
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return CDI.current().select(type).get();
    }

    static Caller caller(Session session) {
        return session.getUserProperties().get(CALLER) instanceof Caller caller ? caller : UNKNOWN;
    }

    static Cable cable(Session session) {
        return session.getUserProperties().get(CABLE) instanceof Cable cable ? cable : Cable.of(session);
    }
}
