package org.pocketsocket.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The web application of channelstream's demo: it lets everybody in under a random name, into three channels. What a page
 * wants to say goes through it; an application of your own does the same with HTTP.
 */
public class DemoDoor extends HttpServlet {

    static final String PAGE = "/demo/stream.html";

    static final List<String> PATHS = List.of("/demo", "/demo/", "/demo/connect", "/demo/subscribe", "/demo/message");

    private static final long serialVersionUID = 1L;

    private static final List<String> AT_FIRST = List.of("pub_chan", "pub_chan2");
    private static final List<String> CHANNELS = List.of("pub_chan", "pub_chan2", "notify");
    private static final int NAMES = 1_000_000;
    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_TEXT = 1000;

    private transient @Nullable House house;

    @Override
    public void init() {
        house = CDI.current().select(House.class).get();
        Fields options = Fields.of("{\"notify_presence\":true,\"store_history\":true}");
        Objects.requireNonNull(house)
                .stream
                .configure(Map.of("pub_chan", options, "pub_chan2", options, "notify", options));
    }

    /** The demo was at {@code /demo}. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().matches("/demo/?")) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getContextPath() + PAGE);
        } else {
            super.doGet(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        House at = Objects.requireNonNull(house);
        response.setHeader("Cache-Control", "no-store");
        try {
            Fields body = body(request);
            Object answer =
                    switch (request.getServletPath()) {
                        case "/demo/connect" -> connect(at, request.getRemoteAddr());
                        case "/demo/subscribe" -> subscribe(at, body);
                        case "/demo/message" -> say(at, body);
                        default -> throw Refused.with(405, "This takes GET");
                    };
            answer(response, answer);
        } catch (Refused no) {
            response.setStatus(no.status());
            answer(response, no.body());
        }
    }

    private static Fields body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw Refused.with(413, "That is too much");
        }
        String body = new String(bytes, UTF_8).strip();
        return Fields.of(body.isEmpty() ? "{}" : body);
    }

    private static Map<String, Object> connect(House at, String address) {
        String user = "anon_" + (1 + ThreadLocalRandom.current().nextInt(NAMES - 1));
        Fields wish = Fields.of(Tree.json(Map.of("username", user, "channels", AT_FIRST)));
        Map<String, Object> answer = new LinkedHashMap<>(at.calls.connect(wish, address));
        answer.put("signature", at.settings.isOpen() ? at.signatures.sign(user) : "");
        return answer;
    }

    private static Map<String, Object> subscribe(House at, Fields body) {
        connection(at, body);
        Fields wish = Fields.of(Tree.json(Map.of("channels", List.of("notify"))));
        return at.calls.subscribe(wish, body.text("conn_id", Fields.CHANNEL));
    }

    /** In the name of who holds this connection. */
    private static Object say(House at, Fields body) {
        Connection connection = connection(at, body);
        String channel = body.text("channel", Fields.CHANNEL)
                .filter(CHANNELS::contains)
                .orElseThrow(() -> Refused.with(400, "There is no such channel here"));
        String text = body.text("message", LONGEST_TEXT).orElseThrow(() -> Fields.missing("message"));
        return at.calls.post(
                Tree.json(Map.of("channel", channel, "user", connection.user(), "message", Map.of("text", text))));
    }

    private static Connection connection(House at, Fields body) {
        Optional<Connection> connection = body.text("conn_id", Fields.CHANNEL).flatMap(at::connection);
        return connection.orElseThrow(() -> Refused.with(403, "Unknown connection"));
    }

    private static void answer(HttpServletResponse response, Object tree) throws IOException {
        response.setContentType("application/json;charset=utf-8");
        response.getWriter().print(Tree.json(tree));
    }
}
