package org.pocketsocket.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.pocketsocket.direct.DirectConnection;
import org.pocketsocket.direct.Guest;
import org.pocketsocket.direct.Reception;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;

/** {@code /ws}: a WebSocket for a connection that was announced, on our own engine or, where that is off, the server's. */
@Singleton
public class Sockets {

    static final Goodbye UNKNOWN = new Goodbye(4404, "unknown connection, connect first");

    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Reception reception;
    private final Hub hub;

    @Inject
    Sockets(Reception reception, Hub hub) {
        this.reception = reception;
        this.hub = hub;
    }

    /** @param seat empty: it is closed at once */
    void open(HttpServletRequest request, HttpServletResponse response, Optional<Seat> seat)
            throws ServletException, IOException {
        if (reception.serves(request)) {
            reception.upgrade(request, response, socket -> guest(socket, seat));
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw Refused.with(426, "This is for WebSockets");
        } else if (request.getServletContext().getAttribute(CONTAINER) instanceof ServerContainer container) {
            open(container, new StandardLine(seat, task -> hub.schedule(AT_ONCE, task)), request, response);
        } else {
            throw Refused.with(501, "There are no WebSockets on this server, use /listen");
        }
    }

    private static Guest guest(DirectConnection socket, Optional<Seat> seat) {
        if (seat.isPresent()) {
            return new DirectLine(socket, seat.get());
        }
        socket.close(UNKNOWN.code(), UNKNOWN.reason());
        return Guest.NOBODY;
    }

    private static void open(
            ServerContainer container, StandardLine line, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(StandardLine.class, request.getServletPath())
                .configurator(new One(line))
                .build();
        try {
            container.upgradeHttpToWebSocket(request, response, config, Map.of());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    /** Has the line for this one request. Its client is known by what it has in hand, not by its page's origin. */
    private static final class One extends ServerEndpointConfig.Configurator {

        private final StandardLine line;

        One(StandardLine line) {
            this.line = line;
        }

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(line);
        }
    }
}
