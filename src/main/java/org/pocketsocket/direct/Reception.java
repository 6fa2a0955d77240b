package org.pocketsocket.direct;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Rejection;
import org.pocketsocket.frame.Limits;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.security.Origins;
import org.pocketsocket.security.Token;
import org.pocketsocket.settings.Settings;

/** Lets clients in by the direct door, or says why not. */
@Singleton
public class Reception {

    private static final Logger LOG = Logger.getLogger(Reception.class.getName());

    private static final int MOST_PARAMETERS = 100;

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
        int message = settings.limits().message();
        Rules rules = Rules.server()
                .withLimits(new Limits(message, message, settings.direct().fragments()));
        this.opening = new Opening(new Upgrade.Terms(rules, settings.direct().deflate(), hub::schedule));
    }

    void pocket(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        Optional<Token> token;
        try {
            token = hub.gate().bearer(request.getHeader("Authorization"));
        } catch (Rejection no) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED, no.reason());
            return;
        }
        Handshake handshake = handshake(request, token);
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

    private void receive(
            HttpServletRequest request, HttpServletResponse response, Function<DirectConnection, Guest> guest)
            throws ServletException, IOException {
        if (!isOpen(request.getServletContext().getServerInfo())) {
            refuse(response, HttpServletResponse.SC_NOT_IMPLEMENTED, "off on this server, use /pocket");
        } else if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"), isOnLoopback(request))) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "a page of this origin may not connect");
        } else {
            opening.answer(request, response, guest);
        }
    }

    private Handshake handshake(HttpServletRequest request, Optional<Token> token) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!isTransport(name) && (token.isEmpty() || !name.equalsIgnoreCase("Authorization"))) {
                headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
            }
        }
        Identity identity = token.map(Token::identity).orElseGet(() -> identity(request));
        return new Handshake(
                request.getRemoteAddr(), request.getRemotePort(), headers, query(request.getQueryString()), identity);
    }

    private Identity identity(HttpServletRequest request) {
        Principal user = request.getUserPrincipal();
        return user == null
                ? Identity.ANONYMOUS
                : new Identity(
                        user.getName(),
                        hub.roles().stream().filter(request::isUserInRole).collect(Collectors.toSet()));
    }

    private boolean isOpen(String server) {
        return settings.door().equals("on") || (settings.door().equals("auto") && suits(server));
    }

    /** Jetty refuses the Servlet upgrade; Open Liberty's flush blocks the thread that sends, and so a whole lane. */
    private boolean suits(String server) {
        String name = server.toLowerCase(Locale.ROOT);
        boolean suits = !name.contains("jetty") && !name.contains("liberty") && !name.contains("websphere");
        if (!suits && told.compareAndSet(false, true)) {
            LOG.info(() -> "/pocket/direct is off: the Servlet upgrade of " + server + " cannot serve it");
        }
        return suits;
    }

    /** By hand: the container's own parameters keep buffers of several kilobytes as long as the connection lives. */
    private static Map<String, List<String>> query(@Nullable String text) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&", MOST_PARAMETERS)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no escape that anybody knows: as it stands there
        }
    }

    /** What the WebSocket needed, and nobody else does. */
    private static boolean isTransport(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("sec-websocket-") || name.equals("upgrade") || name.equals("connection");
    }

    private static void refuse(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(sentence);
    }

    private static boolean isOnLoopback(HttpServletRequest request) throws IOException {
        return InetAddress.getByName(request.getLocalAddr()).isLoopbackAddress(); // a literal: nothing is looked up
    }
}
