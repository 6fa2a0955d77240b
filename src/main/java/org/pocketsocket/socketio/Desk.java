package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.direct.Reception;
import org.pocketsocket.security.Origins;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** Answers requests of Engine.IO clients: opens sessions, takes what they send, holds who polls, lets WebSockets in. */
@Singleton
public class Desk {

    private final Origins origins;
    private final Reception reception;
    private final Sessions sessions;
    private final OldDesk old;
    private final Settings.SocketIo settings;

    @Inject
    Desk(Origins origins, Reception reception, Sessions sessions, OldDesk old) {
        this.old = old;
        this.origins = origins;
        this.reception = reception;
        this.sessions = sessions;
        this.settings = sessions.settings();
    }

    /** A request, and what its address says. */
    private record Visit(
            HttpServletRequest request,
            HttpServletResponse response,
            Arrival from,
            Map<String, String> query,
            boolean echo) {

        @Nullable
        String sid() {
            return query.get("sid");
        }

        boolean is(String method) {
            return request.getMethod().equals(method);
        }
    }

    /** @param echo at the door that sends everything back */
    void receive(HttpServletRequest request, HttpServletResponse response, boolean echo)
            throws IOException, ServletException {
        Arrival from = new Arrival(request);
        Map<String, String> query = new HashMap<>();
        from.query().forEach((name, values) -> query.put(name, values.get(0)));
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            if (isOld(request) && settings.old().door()) {
                old.receive(request, response, isAllowed(from, response));
                return;
            }
            admit(from, response);
            serve(new Visit(request, response, from, query, echo));
        } catch (No.Thrown thrown) {
            say(response, thrown.no());
        }
    }

    /** Version 0.9 has its number in the path. */
    private static boolean isOld(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path != null && path.length() > 1;
    }

    private void admit(Arrival from, HttpServletResponse response) {
        if (!isAllowed(from, response)) {
            throw No.ORIGIN.thrown();
        }
    }

    private boolean isAllowed(Arrival from, HttpServletResponse response) {
        String origin = from.request().getHeader("Origin");
        boolean allowed = from.isAllowedBy(origins);
        if (allowed && origin != null) { // let in: so its page may read what we answer
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            response.setHeader("Vary", "Origin");
        }
        return allowed;
    }

    private void serve(Visit visit) throws IOException, ServletException {
        String transport = visit.query.getOrDefault("transport", "");
        boolean upgrade = "websocket".equalsIgnoreCase(visit.request.getHeader("Upgrade"));
        if (visit.is("OPTIONS")) {
            preflight(visit);
        } else if (visit.query.isEmpty() && visit.is("GET")) {
            text(visit.response, "Welcome to socket.io.");
        } else if (!transport.equals("polling") && !transport.equals("websocket")) {
            throw No.TRANSPORT.thrown();
        } else if (transport.equals("websocket")) {
            webSocket(visit, upgrade);
        } else if (upgrade || visit.query.containsKey("j")) { // JSONP is refused
            throw No.REQUEST.thrown();
        } else if (visit.sid() == null) {
            open(visit);
        } else {
            poll(visit);
        }
    }

    private static void preflight(Visit visit) {
        visit.response.setHeader("Access-Control-Allow-Methods", "GET, POST");
        String asked = visit.request.getHeader("Access-Control-Request-Headers");
        if (asked != null) {
            visit.response.setHeader("Access-Control-Allow-Headers", asked);
        }
        visit.response.setHeader("Access-Control-Max-Age", "600");
        visit.response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    // ---- polling

    private void open(Visit visit) throws IOException {
        if (!visit.is("GET")) {
            throw No.METHOD.thrown();
        }
        Sessions.Wish wish = wish(visit.from, visit.echo);
        Conversation.Arriving arriving = sessions.arriving(visit.from);
        Sessions.Session session = sessions.create(wish, visit.from.user());
        sessions.begin(session, wish, arriving, null);
        hold(visit, session.engine());
    }

    private void hold(Visit visit, Engine engine) throws IOException {
        HeldPoll request = poll(visit, engine);
        engine.poll(request);
        request.settle();
    }

    private HeldPoll poll(Visit visit, Engine engine) {
        return new HeldPoll(visit.request, visit.response, sessions::later, engine::broke);
    }

    static Sessions.Wish wish(Arrival from, boolean echo) {
        boolean bytes = parameter(from, "b64") == null;
        return switch (String.valueOf(parameter(from, "EIO"))) {
            case "4" -> new Sessions.Wish(Revision.FOUR, bytes, echo);
            case "3" -> new Sessions.Wish(Revision.THREE, bytes, echo);
            default -> throw No.VERSION.thrown();
        };
    }

    static @Nullable String parameter(Arrival from, String name) {
        List<String> values = from.query().get(name);
        return values == null ? null : values.get(0);
    }

    private void poll(Visit visit) throws IOException {
        Sessions.Session session = sessions.find(visit.sid(), visit.from);
        if (!session.engine().isPolling()) {
            throw No.REQUEST.thrown();
        } else if (visit.is("GET")) {
            hold(visit, session.engine());
        } else if (visit.is("POST")) {
            post(visit, session);
        } else {
            throw No.REQUEST.thrown();
        }
    }

    /** One request with packets at a time, as the protocol has it. */
    private void post(Visit visit, Sessions.Session session) throws IOException {
        byte[] body = visit.request.getInputStream().readNBytes(settings.payload() + 1);
        if (body.length > settings.payload()) {
            session.engine().end(false);
            throw No.TOO_BIG.thrown();
        } else if (!session.posting().tryLock()) {
            session.engine().end(false);
            throw No.REQUEST.thrown();
        }
        try {
            String type = String.valueOf(visit.request.getContentType());
            boolean binary = type.startsWith("application/octet-stream");
            Revision revision = session.engine().revision();
            List<String> packets = binary ? revision.read(body) : revision.read(new String(body, UTF_8));
            take(visit, session.engine(), packets);
        } catch (BadPacket e) {
            session.engine().end(false);
            throw No.REQUEST.thrown();
        } finally {
            session.posting().unlock();
        }
    }

    private void take(Visit visit, Engine engine, List<String> packets) throws IOException {
        for (String packet : packets) {
            if (packet.startsWith(Engine.CLOSE)) {
                HeldPoll request = poll(visit, engine);
                engine.farewell(request);
                request.settle();
                return;
            }
            engine.receive(packet);
        }
        text(visit.response, Engine.OK);
    }

    // ---- WebSocket

    private void webSocket(Visit visit, boolean upgrade) throws IOException, ServletException {
        if (!upgrade || !visit.is("GET")) {
            throw No.REQUEST.thrown();
        } else if (!reception.isOpen(visit.request.getServletContext())) {
            throw No.NO_WEBSOCKET.thrown();
        } else if (visit.sid() == null) {
            first(visit);
        } else {
            second(visit);
        }
    }

    /** A session that begins with a WebSocket. */
    private void first(Visit visit) throws IOException, ServletException {
        Sessions.Wish wish = wish(visit.from, visit.echo);
        Conversation.Arriving arriving = sessions.arriving(visit.from);
        Sessions.Session session = sessions.create(wish, visit.from.user());
        DirectPipe pipe = new DirectPipe(session.engine());
        upgrade(visit, pipe, () -> sessions.begin(session, wish, arriving, pipe));
        if (visit.response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            session.engine().end(false);
        }
    }

    /** A WebSocket that wants to take over; one that may not is closed. */
    private void second(Visit visit) throws IOException, ServletException {
        Engine engine = sessions.find(visit.sid(), visit.from).engine();
        DirectPipe pipe = new DirectPipe(engine);
        if (!engine.attach(pipe)) {
            pipe.close(1000, "");
        }
        upgrade(visit, pipe, () -> {});
        if (visit.response.getStatus() != HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            engine.gone(pipe, false);
        }
    }

    private void upgrade(Visit visit, DirectPipe pipe, Runnable then) throws IOException, ServletException {
        reception.upgrade(visit.request, visit.response, settings.payload(), connection -> {
            pipe.on(connection);
            then.run();
            return pipe;
        });
    }

    // ---- answers

    private static void say(HttpServletResponse response, No no) throws IOException {
        response.setStatus(no.status());
        response.setContentType("application/json;charset=UTF-8");
        write(response, no.json());
    }

    private static void text(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        write(response, text);
    }

    private static void write(HttpServletResponse response, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
