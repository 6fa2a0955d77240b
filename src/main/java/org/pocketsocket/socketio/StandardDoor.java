package org.pocketsocket.socketio;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.security.Origins;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/**
 * Lets WebSockets in on the server's own engine, where ours cannot serve. That tells nobody who calls; so what a request is
 * to become is settled while it is there, and done when its WebSocket is open, on the same thread or another.
 */
@Singleton
public class StandardDoor {

    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final String TICKET = "org.pocketsocket.socketio.ticket";
    private static final ThreadLocal<Ticket> ASKED = new ThreadLocal<>();

    private final Origins origins;
    private final Sessions sessions;
    private final OldDesk old;

    @Inject
    StandardDoor(Origins origins, Sessions sessions, OldDesk old) {
        this.origins = origins;
        this.sessions = sessions;
        this.old = old;
    }

    /**
     * What a request is to become.
     *
     * @param most bytes of one message
     */
    record Ticket(Consumer<StandardPipe> use, int most) {

        private static final int LEAST = 125;

        static final Ticket NONE = new Ticket(
                pipe -> {
                    throw No.REQUEST.thrown();
                },
                LEAST);
    }

    /** Sees every request before the server's WebSocket does. */
    public static final class Watch implements ServletRequestListener {

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            if (event.getServletRequest() instanceof HttpServletRequest request
                    && request.getHeader("Upgrade") != null) {
                CDI.current().select(StandardDoor.class).get().look(request);
            }
        }

        @Override
        public void requestDestroyed(ServletRequestEvent event) {
            ASKED.remove();
        }
    }

    /** Hands the ticket on; who has none is refused. */
    private static final class Handing extends ServerEndpointConfig.Configurator {

        @Override
        public boolean checkOrigin(String origin) {
            return ASKED.get() != null;
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            Ticket ticket = ASKED.get();
            if (ticket != null) {
                config.getUserProperties().put(TICKET, ticket);
            }
        }
    }

    /** Puts the server's own WebSocket there, before its applications start. */
    static void open(ServletContext context, String path) {
        if (context.getAttribute(CONTAINER) instanceof ServerContainer container) {
            context.addListener(Watch.class);
            for (String each : List.of(path, path + '/', path + "/1/websocket/{session}")) {
                try {
                    container.addEndpoint(ServerEndpointConfig.Builder.create(StandardPipe.class, each)
                            .configurator(new Handing())
                            .build());
                } catch (DeploymentException e) {
                    throw new IllegalStateException(each + " cannot be served: " + e.getMessage(), e);
                }
            }
        }
    }

    static Ticket ticket(Session session) {
        return session.getUserProperties().get(TICKET) instanceof Ticket ticket ? ticket : Ticket.NONE;
    }

    private void look(HttpServletRequest request) {
        String within =
                request.getRequestURI().substring(request.getContextPath().length());
        Settings.SocketIo settings = sessions.settings();
        boolean echo = within.startsWith(SocketIoDoor.ECHO);
        boolean ours = echo || within.startsWith(settings.path() + '/') || within.equals(settings.path());
        Arrival from = new Arrival(request);
        if (ours && from.isAllowedBy(origins)) {
            try {
                Consumer<StandardPipe> use = within.contains("/1/websocket/")
                        ? old(within.substring(within.lastIndexOf('/') + 1))
                        : current(from, echo);
                ASKED.set(new Ticket(use, settings.payload()));
            } catch (No.Thrown no) {
                ASKED.remove();
            }
        }
    }

    private Consumer<StandardPipe> old(String id) {
        OldSession session = old.find(id);
        return pipe -> {
            pipe.on(session);
            session.attach(pipe);
            session.open(pipe);
        };
    }

    private Consumer<StandardPipe> current(Arrival from, boolean echo) {
        @Nullable String id = Desk.parameter(from, "sid");
        if (id != null) {
            Engine engine = sessions.find(id, from).engine();
            return pipe -> {
                pipe.on(engine);
                if (!engine.attach(pipe)) {
                    pipe.close(1000, "");
                }
            };
        }
        Sessions.Wish wish = Desk.wish(from, echo);
        Conversation.Arriving arriving = sessions.arriving(from);
        String user = from.user();
        return pipe -> {
            Sessions.Session session = sessions.create(wish, user);
            pipe.on(session.engine());
            sessions.begin(session, wish, arriving, pipe);
        };
    }
}
