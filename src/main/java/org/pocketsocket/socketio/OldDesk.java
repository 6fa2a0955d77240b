package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.direct.Reception;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** Answers requests of Socket.IO 0.9's clients: {@code /socket.io/1/[transport/session]}. */
@Singleton
public class OldDesk {

    private static final String WEBSOCKET = "websocket";
    private static final String POLLING = "xhr-polling";
    private static final String JSONP = "jsonp-polling";
    private static final String JAVASCRIPT = "text/javascript;charset=UTF-8";
    private static final String PLAIN = "text/plain;charset=UTF-8";

    private final Hub hub;
    private final Reception reception;
    private final Sessions arrivals;
    private final Settings.SocketIo settings;
    private final OldCodec codec = new OldCodec();
    private final Map<String, OldSession> sessions = new ConcurrentHashMap<>();

    @Inject
    OldDesk(Hub hub, Reception reception, Sessions arrivals, Settings settings) {
        this.hub = hub;
        this.reception = reception;
        this.arrivals = arrivals;
        this.settings = settings.socketio();
    }

    /** A request whose origin was looked at, and the parts of its path behind the version. */
    private record Visit(HttpServletRequest request, HttpServletResponse response, List<String> path) {

        String query(String name) {
            return new Arrival(request).query().getOrDefault(name, List.of("")).get(0);
        }

        boolean asks(String name) {
            return new Arrival(request).query().containsKey(name);
        }
    }

    /** @param allowed whether a page of its origin may connect */
    void receive(HttpServletRequest request, HttpServletResponse response, boolean allowed)
            throws IOException, ServletException {
        List<String> path = List.of(request.getPathInfo().substring(1).split("/", -1));
        Visit visit = new Visit(request, response, path);
        if (!allowed) {
            refuse(visit, HttpServletResponse.SC_FORBIDDEN, "handshake bad origin");
        } else if (!path.get(0).equals("1")) {
            refuse(visit, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "Protocol version not supported.");
        } else if (request.getMethod().equals("OPTIONS")) {
            answer(visit, PLAIN, "");
        } else if (visit.asks("disconnect")) {
            disconnect(visit);
        } else if (path.size() < 3 || path.get(2).isEmpty()) {
            handshake(visit);
        } else {
            serve(visit, sessions.get(path.get(2)));
        }
    }

    // ---- the handshake

    private void handshake(Visit visit) throws IOException {
        Conversation.Arriving from;
        try {
            from = arrivals.arriving(new Arrival(visit.request));
        } catch (No.Thrown no) {
            refuse(visit, HttpServletResponse.SC_FORBIDDEN, "handshake unauthorized");
            return;
        }
        if (sessions.size() >= settings.sessions()) {
            refuse(visit, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many sessions");
            return;
        }
        String id = Sessions.newId();
        OldSession session =
                new OldSession(terms(), new Beat.World(System::nanoTime, hub::schedule), () -> sessions.remove(id));
        sessions.put(id, session);
        OldConversation conversation = new OldConversation(hub, session, codec, from);
        session.begin(conversation);
        if (!conversation.enter()) {
            session.end(false);
            refuse(visit, HttpServletResponse.SC_FORBIDDEN, "handshake unauthorized");
            return;
        }
        invite(visit, id);
    }

    /** The session's name, its times, and how it may go on. */
    private void invite(Visit visit, String id) throws IOException {
        String transports = WEBSOCKET + ',' + POLLING + ',' + JSONP;
        long timeout = settings.old().timeout().toSeconds();
        long close = settings.old().close().toSeconds();
        String text = id + ':' + timeout + ':' + close + ':' + transports;
        if (visit.asks("jsonp")) {
            String script = padded(visit.query("jsonp")).apply(text);
            answer(visit, "application/javascript;charset=UTF-8", script);
        } else {
            answer(visit, PLAIN, text);
        }
    }

    private OldSession.Terms terms() {
        Settings.OldSocketIo old = settings.old();
        return new OldSession.Terms(old.heartbeat(), old.timeout(), old.close(), old.poll(), settings.mailbox());
    }

    /** The transport's name may be missing: some servers make one slash of two. */
    private void disconnect(Visit visit) throws IOException {
        OldSession session = sessions.get(
                visit.path.stream().filter(sessions::containsKey).findFirst().orElse(""));
        if (session == null) {
            refuse(visit, HttpServletResponse.SC_BAD_REQUEST, "");
        } else {
            session.end(true);
            answer(visit, PLAIN, "");
        }
    }

    // ---- transports

    /** The session of this name, which goes on. */
    OldSession find(String id) {
        OldSession session = sessions.get(id);
        if (session == null || !session.isAlive()) {
            throw No.SESSION.thrown();
        }
        return session;
    }

    private void serve(Visit visit, @Nullable OldSession session) throws IOException, ServletException {
        String transport = visit.path.get(1);
        boolean known = List.of(WEBSOCKET, POLLING, JSONP).contains(transport);
        if (session == null || !session.isAlive()) {
            refuse(visit, HttpServletResponse.SC_BAD_REQUEST, "");
        } else if (!known) {
            refuse(visit, HttpServletResponse.SC_BAD_REQUEST, "");
        } else if (transport.equals(WEBSOCKET)) {
            webSocket(visit, session);
        } else if (visit.request.getMethod().equals("POST")) {
            post(visit, session, transport.equals(JSONP));
        } else {
            poll(visit, session, transport.equals(JSONP));
        }
    }

    private void webSocket(Visit visit, OldSession session) throws IOException, ServletException {
        if (visit.request.getHeader("Upgrade") == null || !reception.isOpen(visit.request.getServletContext())) {
            refuse(visit, HttpServletResponse.SC_BAD_REQUEST, "");
            return;
        }
        DirectPipe pipe = new DirectPipe(session);
        session.attach(pipe);
        reception.upgrade(visit.request, visit.response, settings.payload(), connection -> {
            pipe.on(connection);
            session.open(pipe);
            return pipe;
        });
        if (visit.response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            session.gone(pipe, false);
        }
    }

    private void poll(Visit visit, OldSession session, boolean jsonp) throws IOException {
        HeldPoll request = new HeldPoll(visit.request, visit.response, hub::schedule, session::broke);
        if (jsonp) {
            visit.response.setHeader("X-XSS-Protection", "0");
            request.as(JAVASCRIPT, padded(visit.query("i")));
        }
        session.poll(request);
        request.settle();
    }

    private void post(Visit visit, OldSession session, boolean jsonp) throws IOException {
        byte[] body = visit.request.getInputStream().readNBytes(settings.payload() + 1);
        if (body.length > settings.payload()) {
            refuse(visit, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "");
            return;
        }
        try {
            String text = new String(body, UTF_8);
            OldPacket.unframe(jsonp ? form(text) : text).forEach(session::receive);
            answer(visit, PLAIN, OldSession.TAKEN);
        } catch (BadPacket e) {
            refuse(visit, HttpServletResponse.SC_BAD_REQUEST, "");
        }
    }

    /** A form with the field d, which is JSON: a string. */
    private static String form(String body) {
        String field = body.startsWith("d=") ? body.substring(2) : "";
        try {
            String json = URLDecoder.decode(field, UTF_8).trim();
            if (json.startsWith("\"") && JsonParts.isValue(json)) {
                return JsonParts.unquote(json);
            }
        } catch (IllegalArgumentException e) {
            throw new BadPacket("a form that is none");
        }
        throw new BadPacket("a form without d");
    }

    /** For a script element; what it calls is told by a number. */
    private static UnaryOperator<String> padded(String number) {
        String known = OldPacket.isNumber(number) ? number : "0";
        return text -> "io.j[" + known + "](" + script(text) + ");";
    }

    /** JSON is JavaScript but for these two. */
    private static String script(String text) {
        return JsonParts.quote(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    // ---- answers

    private static void refuse(Visit visit, int status, String sentence) throws IOException {
        if (visit.asks("jsonp")) {
            String number = OldPacket.isNumber(visit.query("jsonp")) ? visit.query("jsonp") : "0";
            answer(visit, JAVASCRIPT, "io.j[" + number + "](new Error(" + JsonParts.quote(sentence) + "));");
        } else {
            visit.response.setStatus(status);
            answer(visit, PLAIN, sentence);
        }
    }

    private static void answer(Visit visit, String type, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        visit.response.setContentType(type);
        visit.response.setContentLength(body.length);
        visit.response.getOutputStream().write(body);
    }
}
