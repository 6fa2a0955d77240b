package org.pocketsocket.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Optional;
import org.pocketsocket.direct.DirectConnection;
import org.pocketsocket.direct.Guest;
import org.pocketsocket.direct.Reception;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.settings.Settings;

/** {@code /ws}: a WebSocket for a connection that was announced, on our own engine or, where that is off, the server's. */
@Singleton
public class Sockets {

    static final String PATH = "/ws";
    static final Goodbye UNKNOWN = new Goodbye(4404, "unknown connection, connect first");

    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

    private final Reception reception;
    private final Settings.Direct settings;

    @Inject
    Sockets(Reception reception, Settings settings) {
        this.reception = reception;
        this.settings = settings.direct();
    }

    /** Puts the server's own WebSocket there, before its applications start. It then sees such requests before we do. */
    static void prepare(ServletContext context, Settings.Direct settings) {
        if (!Reception.serves(settings, context.getServerInfo())
                && context.getAttribute(CONTAINER) instanceof ServerContainer container) {
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(StandardLine.class, PATH)
                        .configurator(new Anywhere())
                        .build());
            } catch (DeploymentException e) {
                throw new IllegalStateException(PATH + " cannot be served: " + e.getMessage(), e);
            }
        }
    }

    /** A client is known by what it has in hand, not by its page's origin. */
    private static final class Anywhere extends ServerEndpointConfig.Configurator {

        @Override
        public boolean checkOrigin(String origin) {
            return true;
        }
    }

    /** @param seat empty: it is closed at once */
    void open(HttpServletRequest request, HttpServletResponse response, Optional<Seat> seat)
            throws ServletException, IOException {
        boolean ours = Reception.serves(settings, request.getServletContext().getServerInfo());
        if (!ours || !"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw Refused.with(426, "This is for WebSockets");
        }
        reception.upgrade(request, response, socket -> guest(socket, seat));
    }

    private static Guest guest(DirectConnection socket, Optional<Seat> seat) {
        if (seat.isPresent()) {
            return new DirectLine(socket, seat.get());
        }
        socket.close(UNKNOWN.code(), UNKNOWN.reason());
        return Guest.NOBODY;
    }
}
