package org.pocketsocket.admin;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /metrics} for Prometheus, {@code /health/live} and {@code /health/ready} for whoever keeps us running. */
@WebServlet(
        name = "pocket-vitals",
        urlPatterns = {"/metrics", "/health", "/health/live", "/health/ready"})
public class Vitals extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** What proxies add: then it is not this machine that asks, whatever the address. */
    private static final List<String> PROXIES = List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Administration admin = CDI.current().select(Administration.class).get();
        response.setHeader("Cache-Control", "no-store");
        if (request.getServletPath().equals("/metrics")) {
            metrics(admin, request, response);
        } else {
            health(admin, request.getServletPath().endsWith("/live"), response);
        }
    }

    private static void metrics(Administration admin, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (mayRead(admin, request)) {
            response.setContentType(PROMETHEUS);
            response.getWriter().print(admin.metrics().text());
        } else {
            boolean off = admin.metricsAccess().equals("off");
            response.setStatus(off ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().println("closed, see the setting pocket.metrics.access");
        }
    }

    private static boolean mayRead(Administration admin, HttpServletRequest request) throws IOException {
        return switch (admin.metricsAccess()) {
            case "all" -> true;
            case "local" -> isLocal(request) || isAdmin(admin, request);
            case "secret" -> isAdmin(admin, request);
            default -> false;
        };
    }

    private static boolean isAdmin(Administration admin, HttpServletRequest request) {
        return admin.entrance()
                .flatMap(entrance -> entrance.signIn().session(request))
                .isPresent();
    }

    /** From this machine, for this machine, and through nobody else. */
    static boolean isLocal(HttpServletRequest request) throws IOException {
        String host = Stream.ofNullable(request.getHeader("Host"))
                .map(text -> text.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", ""))
                .findFirst()
                .orElse("");
        return LOOPBACK.contains(host)
                && PROXIES.stream().allMatch(name -> request.getHeader(name) == null)
                && InetAddress.getByName(request.getRemoteAddr())
                        .isLoopbackAddress(); // a literal: nothing is looked up
    }

    /** As MicroProfile Health writes it. */
    private static void health(Administration admin, boolean live, HttpServletResponse response) throws IOException {
        boolean up =
                live ? admin.hub().overview().isAlive() : admin.hub().overview().isReady();
        String status = up ? "UP" : "DOWN";
        response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json;charset=utf-8");
        response.getWriter()
                .print("{\"status\":\"" + status + "\",\"checks\":[{\"name\":\"pocket\",\"status\":\"" + status
                        + "\"}]}");
    }
}
