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
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Cable;
import org.pocketsocket.hub.Gate;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.security.Origins;
import org.pocketsocket.security.Token;
import org.pocketsocket.settings.Settings;

/**
 * The opening handshake: checks the origin, and remembers who calls. Jakarta WebSocket tells neither the client's
 * address nor the host it asked for, so a request listener leaves both where the handshake, on the same thread, finds
 * them.
 */
public class PocketHandshake extends ServerEndpointConfig.Configurator {

    private static final String HANDSHAKE = "org.pocketsocket.handshake";
    private static final String ENTRY = "org.pocketsocket.entry";
    private static final String CABLE = "org.pocketsocket.cable";
    private static final Handshake UNKNOWN = Handshake.from("unknown", 0);
    private static final ThreadLocal<Asked> ASKED = new ThreadLocal<>();

    /** What the request listener saw. */
    private record Asked(
            Handshake from, Cable cable, @Nullable String host, boolean onLoopback) {}

    /** Sees every request before the server's WebSocket does. */
    @WebListener
    public static class Watch implements ServletRequestListener {

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            if (event.getServletRequest() instanceof HttpServletRequest request
                    && request.getHeader("Upgrade") != null) {
                Handshake from = Handshake.from(request.getRemoteAddr(), request.getRemotePort());
                boolean onLoopback = isLoopback(request.getLocalAddr());
                ASKED.set(new Asked(from, Cable.of(request), request.getHeader("Host"), onLoopback));
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
        Handshake from = asked == null ? UNKNOWN : asked.from;
        Map<String, List<String>> headers = headers(request);
        Entry entry = Entry.of(headers);
        if (entry.token != null) {
            headers.keySet().removeIf("authorization"::equalsIgnoreCase);
        }
        Identity identity = entry.token == null ? identity(request) : entry.token.identity();
        Handshake handshake = new Handshake(from.address(), from.port(), headers, request.getParameterMap(), identity);
        config.getUserProperties().put(HANDSHAKE, handshake);
        config.getUserProperties().put(ENTRY, entry);
        if (asked != null) {
            config.getUserProperties().put(CABLE, asked.cable);
        }
    }

    /** What became of the token in the handshake: Jakarta WebSocket has no way to refuse here. */
    record Entry(@Nullable Token token, @Nullable Rejection no) {

        static Entry of(Map<String, List<String>> headers) {
            String header = headers.entrySet().stream()
                    .filter(each -> each.getKey().equalsIgnoreCase("Authorization"))
                    .map(each -> each.getValue().get(0))
                    .findFirst()
                    .orElse(null);
            try {
                Gate gate = CDI.current().select(Hub.class).get().gate();
                return new Entry(gate.bearer(header).orElse(null), null);
            } catch (Rejection no) {
                return new Entry(null, no);
            }
        }

        /** Lets the peer in, or puts it out, or leaves it as it is. */
        void settle(Gate gate, Peer peer) {
            if (no != null) {
                peer.close(Goodbye.refused(no));
            } else if (token != null) {
                gate.admit(peer, token);
            }
        }
    }

    static Entry entry(Session session) {
        return session.getUserProperties().get(ENTRY) instanceof Entry entry ? entry : new Entry(null, null);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return CDI.current().select(type).get();
    }

    static Handshake of(Session session) {
        return session.getUserProperties().get(HANDSHAKE) instanceof Handshake handshake ? handshake : UNKNOWN;
    }

    private static Map<String, List<String>> headers(HandshakeRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        request.getHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("sec-websocket-") && !lower.equals("upgrade") && !lower.equals("connection")) {
                headers.put(name, List.copyOf(values));
            }
        });
        return headers;
    }

    /** Roles can be asked for here only, one by one. */
    private static Identity identity(HandshakeRequest request) {
        Principal user = request.getUserPrincipal();
        if (user == null) {
            return Identity.ANONYMOUS;
        }
        Set<String> known = CDI.current().select(Hub.class).get().roles();
        return new Identity(
                user.getName(), known.stream().filter(request::isUserInRole).collect(Collectors.toSet()));
    }

    static Cable cable(Session session) {
        return session.getUserProperties().get(CABLE) instanceof Cable cable ? cable : Cable.of(session);
    }
}
