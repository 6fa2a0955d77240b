package org.pocketsocket.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.servlet.Answer;
import org.pocketsocket.servlet.Arrival;

/** All paths of channelstream's API. Registered by {@link Registration}, where there is somebody to serve. */
public class StreamDoor extends HttpServlet {

    static final List<String> PATHS = List.of(
            "/connect",
            "/disconnect",
            "/subscribe",
            "/unsubscribe",
            "/message",
            "/user_status",
            "/user_state",
            "/info",
            "/channel_config",
            "/listen",
            "/ws");

    private static final long serialVersionUID = 1L;

    /** A function's name, with its objects: nothing else may be smuggled in. */
    private static final Pattern CALLBACK = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]{0,127}");

    private transient @Nullable House house;
    private transient @Nullable Sockets sockets;

    @Override
    public void init() {
        house = CDI.current().select(House.class).get(); // not every server injects into servlets
        sockets = CDI.current().select(Sockets.class).get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        House at = Objects.requireNonNull(house);
        try {
            Headers.put(at.settings, request, response);
            if (request.getMethod().equals("OPTIONS")) {
                response.setStatus(HttpServletResponse.SC_OK);
            } else {
                Headers.requireTls(at.settings, request);
                serve(at, request, response);
            }
        } catch (Refused no) {
            response.setStatus(no.status());
            answer(response, no.body());
        }
    }

    private void serve(House at, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String method = request.getMethod();
        switch (request.getServletPath() + ' ' + method) {
            case "/listen GET" -> listen(at, request, response);
            case "/ws GET" ->
                Objects.requireNonNull(sockets)
                        .open(request, response, id(request).flatMap(at::seat));
            case "/disconnect GET" -> answer(response, at.calls.disconnect(requireId(id(request))));
            default -> {
                at.guard.admit(request);
                answer(response, call(at, request, response));
            }
        }
    }

    // ---- backends

    private static Object call(House at, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        String method = request.getMethod();
        if (path.equals("/message")) {
            return message(at, request, response);
        } else if (!method.equals("POST")) {
            throw notAllowed(response, path.equals("/listen") || path.equals("/ws") ? "GET" : "POST");
        }
        Fields body = Fields.of(body(at, request));
        return switch (path) {
            case "/connect" -> at.calls.connect(body, request.getRemoteAddr());
            case "/disconnect" -> at.calls.disconnect(requireId(body.text("conn_id", Fields.CHANNEL)));
            case "/subscribe" -> at.calls.subscribe(body, id(request));
            case "/unsubscribe" -> at.calls.unsubscribe(body, id(request));
            case "/user_status" -> at.calls.status(body);
            case "/user_state" -> at.calls.state(body);
            case "/info" -> at.calls.info(body);
            case "/channel_config" -> at.calls.configure(body);
            default -> throw notAllowed(response, "GET");
        };
    }

    /** Some servers and proxies take no body with DELETE: such a client posts, and says what it means in a header. */
    private static Object message(House at, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String said = request.getMethod().equals("POST") ? request.getHeader("X-HTTP-Method-Override") : null;
        return switch (said == null ? request.getMethod() : said) {
            case "POST" -> at.calls.post(body(at, request));
            case "PATCH" -> at.calls.edit(body(at, request));
            case "DELETE" -> at.calls.delete(body(at, request));
            default -> throw notAllowed(response, "POST, PATCH, DELETE");
        };
    }

    private static Refused notAllowed(HttpServletResponse response, String methods) {
        response.setHeader("Allow", methods);
        return Refused.with(405, "This takes " + methods);
    }

    /** Nothing at all stands for an empty object. */
    private static String body(House at, HttpServletRequest request) throws IOException {
        int most = at.settings.request();
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw Refused.with(413, "A body has at most " + most + " bytes");
        }
        String body = text(bytes).strip();
        if (!body.isEmpty() && !JsonParts.isValue(body)) {
            throw Refused.with(400, "The body is not JSON, or nested too deep");
        }
        return body.isEmpty() ? "{}" : body;
    }

    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Refused.with(400, "The body is not UTF-8");
        }
    }

    // ---- browsers

    private static Optional<String> id(HttpServletRequest request) {
        return parameter(request, "conn_id").filter(id -> !id.isEmpty());
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        return new Arrival(request)
                .query().getOrDefault(name, List.of()).stream().findFirst();
    }

    private static String requireId(Optional<String> id) {
        return id.orElseThrow(() -> Fields.missing("conn_id"));
    }

    private static void listen(House at, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String callback = parameter(request, "callback").orElse("");
        if (!callback.isEmpty() && !CALLBACK.matcher(callback).matches()) {
            throw Refused.with(400, "callback is not a function's name");
        }
        Seat seat = id(request).flatMap(at::seat).orElseThrow(() -> Refused.with(401, "Unknown connection"));
        seat.heard();
        response.setContentType((callback.isEmpty() ? "application/json" : "text/javascript") + ";charset=utf-8");
        HeldListen.Wanted wanted = new HeldListen.Wanted(callback, at.settings.times(), at.hub::schedule);
        HeldListen held = new HeldListen(seat.reach().wire(), wanted);
        Answer answer = new Answer(request, held::broken);
        held.begin(answer);
        answer.leave();
    }

    private static void answer(HttpServletResponse response, Object tree) throws IOException {
        byte[] json = Tree.json(tree).getBytes(UTF_8);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
