package org.pocketsocket.direct;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Logger;
import org.pocketsocket.Handshake;
import org.pocketsocket.Rejection;
import org.pocketsocket.frame.Limits;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.security.Origins;
import org.pocketsocket.security.Token;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** Lets clients in by the direct door, or says why not. */
@Singleton
public class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class.getName());

    private final Hub hub;
    private final PocketCodec codec;
    private final Origins origins;
    private final Settings.Direct settings;
    private final Opening opening;
    private final AtomicBoolean told = new AtomicBoolean();

    @Inject
    Reception(Hub hub, PocketCodec codec, Origins origins, Settings settings) {
        this.hub = hub;
        this.codec = codec;
        this.origins = origins;
        this.settings = settings.direct();
        this.opening = opening(settings.limits().message());
    }

    void pocket(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        Arrival arrival = new Arrival(request);
        Optional<Token> token;
        try {
            token = hub.gate().bearer(arrival.authorization());
        } catch (Rejection no) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, no.reason());
            return;
        }
        Handshake handshake = arrival.handshake(hub.roles(), token);
        receive(request, response, connection -> {
            PocketGuest guest = new PocketGuest(connection, hub, codec, handshake);
            token.ifPresent(guest::admit);
            return guest;
        });
    }

    void echo(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        if (settings.echo()) {
            receive(request, response, EchoGuest::new);
        } else {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "off, see the setting pocket.direct.echo");
        }
    }

    /**
     * For other dialects at doors of their own: a request that was let in becomes a connection, with the guest on it.
     *
     * @param message bytes that one message may have
     */
    public void upgrade(
            HttpServletRequest request,
            HttpServletResponse response,
            int message,
            Function<DirectConnection, Guest> guest)
            throws ServletException, IOException {
        opening(message).answer(request, response, guest);
    }

    private Opening opening(int message) {
        Rules rules = Rules.server().withLimits(new Limits(message, message, settings.fragments()));
        return new Opening(new Upgrade.Terms(rules, settings.deflate(), settings.bare(), hub::schedule));
    }

    private void receive(
            HttpServletRequest request, HttpServletResponse response, Function<DirectConnection, Guest> guest)
            throws ServletException, IOException {
        if (!isOpen(request.getServletContext())) {
            refuse(response, HttpServletResponse.SC_NOT_IMPLEMENTED, "off on this server, use /pocket");
        } else if (!new Arrival(request).isAllowedBy(origins)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "a page of this origin may not connect");
        } else {
            opening.answer(request, response, guest);
        }
    }

    /** Lets a client of another door in, which has looked at where it comes from. */
    public void upgrade(
            HttpServletRequest request, HttpServletResponse response, Function<DirectConnection, Guest> guest)
            throws ServletException, IOException {
        opening.answer(request, response, guest);
    }

    /** Whether our engine is to be used on this server. */
    public static boolean serves(Settings.Direct settings, String server) {
        return settings.door().equals("on") || (settings.door().equals("auto") && suits(server));
    }

    /** Whether connections of ours can be had here, and may. */
    public boolean isOpen(ServletContext here) {
        String server = here.getServerInfo();
        boolean open = serves(settings, server);
        if (!open && settings.door().equals("auto") && told.compareAndSet(false, true)) {
            LOG.info(() -> "/pocket/direct is off: the Servlet upgrade of " + server + " cannot serve it");
        }
        return open;
    }

    /** Jetty refuses the Servlet upgrade; Open Liberty's flush blocks the thread that sends, and so a whole lane. */
    private static boolean suits(String server) {
        String name = server.toLowerCase(Locale.ROOT);
        return !name.contains("jetty") && !name.contains("liberty") && !name.contains("websphere");
    }

    private static void refuse(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(sentence);
    }
}
