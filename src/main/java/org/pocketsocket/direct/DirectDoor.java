package org.pocketsocket.direct;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /pocket/direct}, and {@code /pocket/direct/echo} where it is switched on. */
@WebServlet(
        name = "pocket-direct",
        urlPatterns = {DirectDoor.PATH, DirectDoor.ECHO},
        asyncSupported = true)
public class DirectDoor extends HttpServlet {

    static final String PATH = "/pocket/direct";
    static final String ECHO = "/pocket/direct/echo";

    private static final long serialVersionUID = 1L;

    private transient @Nullable Reception reception;

    @Override
    public void init() {
        reception = CDI.current().select(Reception.class).get(); // not every server injects into servlets
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Reception at = Objects.requireNonNull(reception);
        if (request.getServletPath().equals(ECHO)) {
            at.echo(request, response);
        } else {
            at.pocket(request, response);
        }
    }
}
