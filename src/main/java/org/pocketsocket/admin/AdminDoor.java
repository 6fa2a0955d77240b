package org.pocketsocket.admin;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pocketsocket.admin.Administration.Entrance;
import org.pocketsocket.message.Json;
import org.pocketsocket.security.Seal.Opened;

/** {@code /admin}: the sign-in, the page, and passes for its connection. Not there at all without a secret. */
@WebServlet(
        name = "pocket-admin",
        urlPatterns = {"/admin", "/admin/*"})
public class AdminDoor extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String RESOURCES = "/META-INF/resources/admin/";
    private static final int LONGEST_SECRET = 1024;

    /** What may be had, and as what; the first two without being signed in. */
    private static final Map<String, String> FILES = Map.of(
            "admin.css", "text/css",
            "sign-in.html", "text/html",
            "index.html", "text/html",
            "admin.js", "text/javascript",
            "view.js", "text/javascript",
            "plot.js", "text/javascript");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Administration admin = CDI.current().select(Administration.class).get();
        protect(response);
        Optional<Entrance> entrance = admin.entrance();
        if (entrance.isPresent()) {
            new Visit(admin, entrance.orElseThrow(), request, response).serve();
        } else {
            say(response, HttpServletResponse.SC_NOT_FOUND, "closed: set pocket.admin.secret to open it");
        }
    }

    /** One request. */
    private record Visit(
            Administration admin, Entrance entrance, HttpServletRequest request, HttpServletResponse response) {

        void serve() throws IOException {
            String path = Objects.requireNonNullElse(request.getPathInfo(), "");
            boolean post = request.getMethod().equals("POST");
            if (post && !SignIn.isFromHere(request)) {
                say(response, HttpServletResponse.SC_FORBIDDEN, "this did not come from a page of ours");
            } else if (path.equals("/sign_in")) {
                signIn(post);
            } else if (path.equals("/sign_out") && post) {
                entrance.signIn().leave(request, response).ifPresent(admin::end);
                redirect(request, response, "/admin/sign_in");
            } else if (path.equals("/admin.css")) {
                file(response, "admin.css");
            } else {
                forSignedIn(path);
            }
        }

        private void signIn(boolean post) throws IOException {
            if (!post) {
                file(response, "sign-in.html");
                return;
            }
            String guess = Objects.requireNonNullElse(request.getParameter("password"), "");
            Attempts.Answer answer = guess.length() > LONGEST_SECRET
                    ? Attempts.Answer.NO
                    : entrance.signIn().ask(request.getRemoteAddr(), guess);
            switch (answer) {
                case YES -> {
                    entrance.signIn().enter(request, response);
                    redirect(request, response, "/admin/");
                }
                case NO -> page(response, HttpServletResponse.SC_UNAUTHORIZED, "That is not the secret.");
                case TOO_OFTEN -> {
                    response.setHeader("Retry-After", "60");
                    page(response, 429, "Too many attempts. Try again in a minute.");
                }
            }
        }

        private void forSignedIn(String path) throws IOException {
            Optional<Opened> session = entrance.signIn().session(request);
            if (session.isEmpty()) {
                refuse(path);
            } else if (path.isEmpty()) {
                redirect(request, response, "/admin/");
            } else {
                serve(session.orElseThrow(), path);
            }
        }

        private void refuse(String path) throws IOException {
            if (path.isEmpty() || path.equals("/")) {
                redirect(request, response, "/admin/sign_in");
            } else {
                response.setHeader("WWW-Authenticate", "Basic realm=\"channelstream\"");
                say(response, HttpServletResponse.SC_UNAUTHORIZED, "sign in first");
            }
        }

        private void serve(Opened session, String path) throws IOException {
            switch (path) {
                case "/" -> file(response, "index.html");
                case "/pass" ->
                    json(response, Map.of("token", entrance.passes().issue(session.text(), session.until())));
                case "/admin.json" -> json(response, Numbers.of(admin.hub().overview(), admin.metrics()));
                case "/debug" -> say(response, HttpServletResponse.SC_OK, threads());
                default -> file(response, path.substring(1));
            }
        }
    }

    /** Nothing here is for others to frame, to keep, or to learn where one came from. */
    private static void protect(HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }

    private static String threads() {
        StringBuilder text = new StringBuilder();
        for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(false, false)) {
            text.append(thread);
        }
        return text.toString();
    }

    private static void json(HttpServletResponse response, Object value) throws IOException {
        response.setContentType("application/json;charset=utf-8");
        try (Json json = new Json()) {
            response.getWriter().print(json.write(value));
        }
    }

    private static void file(HttpServletResponse response, String name) throws IOException {
        String type = FILES.get(name);
        if (type == null) {
            say(response, HttpServletResponse.SC_NOT_FOUND, "there is nothing of that name");
            return;
        }
        response.setContentType(type + ";charset=utf-8");
        response.getWriter().print(text(name));
    }

    private static String text(String name) throws IOException {
        try (InputStream file = AdminDoor.class.getResourceAsStream(RESOURCES + name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The sign-in page with a sentence in it. */
    private static void page(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.getWriter().print(text("sign-in.html").replace("<!-- says -->", sentence));
    }

    private static void redirect(HttpServletRequest request, HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", request.getContextPath() + path);
    }

    private static void say(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(sentence);
    }
}
