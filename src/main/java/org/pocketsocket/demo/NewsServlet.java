package org.pocketsocket.demo;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channels;

/** Sending from outside any channel: {@code curl -H 'Content-Type: application/json' -d
 * '{"text":"Tea is ready"}' …/api/news}. JSON only: no page of another origin can send that unasked. A servlet, and no
 * JAX-RS resource, since starting JAX-RS for this alone takes a third of a second. */
@WebServlet("/api/news")
public class NewsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String JSON = "application/json";
    private static final int LONGEST = 2000;

    /** What somebody wants to be told to the chat. */
    public record News(@Nullable String text) {}

    @Inject
    private transient @Nullable Channels channels;

    private static final Jsonb JSONB = JsonbBuilder.create();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = request.getContentType();
        if (type == null || !type.split(";", 2)[0].strip().equals(JSON)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        String text = text(request);
        if (channels == null || text.isBlank() || text.length() > LONGEST) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "send {\"text\": 1 to " + LONGEST + " characters}");
            return;
        }
        channels.of("chat")
                .send("said", new ChatChannel.Said("news", text, Instant.now().toEpochMilli()));
        response.setStatus(HttpServletResponse.SC_ACCEPTED);
    }

    private static String text(HttpServletRequest request) throws IOException {
        if (request.getContentLength() > 4 * LONGEST) {
            return "";
        }
        try {
            News news = JSONB.fromJson(request.getReader(), News.class);
            return news == null || news.text() == null ? "" : news.text();
        } catch (JsonbException e) {
            return "";
        }
    }
}
