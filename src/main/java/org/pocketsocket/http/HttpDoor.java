package org.pocketsocket.http;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /pocket/poll} and {@code /pocket/events}. */
@WebServlet(
        name = "pocket-http",
        urlPatterns = {HttpDoor.POLL, HttpDoor.EVENTS},
        asyncSupported = true)
public class HttpDoor extends HttpServlet {

    static final String POLL = "/pocket/poll";
    static final String EVENTS = "/pocket/events";

    private static final long serialVersionUID = 1L;

    private transient @Nullable Lobby lobby;

    @Override
    public void init() {
        lobby = CDI.current().select(Lobby.class).get(); // not every server injects into servlets
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Objects.requireNonNull(lobby)
                .receive(request, response, request.getServletPath().equals(POLL));
    }
}
