package org.pocketsocket.stream;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code /openapi.json}, and {@code /api-explorer} to try it. They know no secret: whoever tries something brings one. */
public class PagesDoor extends HttpServlet {

    private static final Map<String, String> TYPES = Map.of(
            "/openapi.json", "application/json",
            "/api-explorer", "text/html",
            "/api-explorer.js", "text/javascript",
            "/api-explorer.css", "text/css");

    static final List<String> PATHS = List.copyOf(TYPES.keySet());

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        response.setContentType(TYPES.get(path) + ";charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        try (InputStream file = PagesDoor.class.getResourceAsStream(file(path))) {
            Objects.requireNonNull(file, path).transferTo(response.getOutputStream());
        }
    }

    private static String file(String path) {
        return path.equals("/api-explorer") ? "api-explorer.html" : path.substring(1);
    }
}
