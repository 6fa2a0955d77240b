package org.pocketsocket.direct;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A WebSocket at the application's root, as the first Pocketsocket had it. Everything else passes; a client that leaves before its
 * handshake is answered, at whatever door, is not reported.
 */
@WebFilter(filterName = "pocket-root", urlPatterns = "/*", asyncSupported = true)
public class RootDoor extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean root =
                request.getRequestURI().length() == request.getContextPath().length() + 1;
        boolean handshake = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
        try {
            if (root && handshake) {
                CDI.current().select(Reception.class).get().pocket(request, response);
            } else {
                chain.doFilter(request, response);
            }
        } catch (IOException e) {
            if (!handshake) {
                throw e;
            } // or who asked has left before the answer, of which containers would warn
        }
    }
}
