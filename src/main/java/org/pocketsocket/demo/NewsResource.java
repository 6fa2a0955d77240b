package org.pocketsocket.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channels;

/** Sending from outside any channel: {@code curl -H 'Content-Type: application/json' -d
 * '{"text":"Tea is ready"}' …/api/news}. JSON only: no page of another origin can send that unasked. */
@Path("news")
@RequestScoped
public class NewsResource {

    private static final int LONGEST = 2000;

    public record News(@Nullable String text) {}

    @Inject
    private @Nullable Channels channels;

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response tell(News news) {
        String text = news.text() == null ? "" : news.text();
        if (channels == null || text.isBlank() || text.length() > LONGEST) {
            return Response.status(Response.Status.BAD_REQUEST)
                    .entity("send 1 to " + LONGEST + " characters")
                    .build();
        }
        channels.of("chat")
                .send("said", new ChatChannel.Said("news", text, Instant.now().toEpochMilli()));
        return Response.accepted().build();
    }
}
