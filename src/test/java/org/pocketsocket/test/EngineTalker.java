package org.pocketsocket.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks Engine.IO by hand: requests and frames, rule by rule or against the rules. */
public final class EngineTalker {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final URI server;
    private final String path;

    /** @param path as {@code /socket.io/?EIO=4} */
    public EngineTalker(URI server, String path) {
        this.server = server;
        this.path = path;
    }

    private HttpRequest.Builder request(String query) {
        return HttpRequest.newBuilder(server.resolve(path + query));
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> how) {
        try {
            return HTTP.send(request.build(), how);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpResponse<String> get(String query) {
        return send(request(query), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> bytes(String query) {
        return send(request(query), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The answer when it comes: a poll that is held. */
    public CompletableFuture<HttpResponse<String>> later(String query) {
        return HTTP.sendAsync(request(query).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> method(String method, String query, String body) {
        HttpRequest.BodyPublisher what = HttpRequest.BodyPublishers.ofString(body);
        return send(request(query).method(method, what), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String query, String body) {
        return method("POST", query, body);
    }

    /** Opens a session by polling; the query that belongs to it. */
    public String open() {
        return "&transport=polling&sid=" + sid(get("&transport=polling").body());
    }

    /** A session's query for the other transport. */
    public static String upgrade(String query) {
        return query.replace("polling", "websocket");
    }

    public static String sid(String opening) {
        Matcher sid = SID.matcher(opening);
        if (!sid.find()) {
            throw new AssertionError(opening);
        }
        return sid.group(1);
    }

    /** A WebSocket, whose server may have said nothing yet. */
    public RawTalker socket(String query) {
        return new RawTalker(server).opens(path + query);
    }

    /** A WebSocket that begins a session. */
    public RawTalker socket() {
        RawTalker socket = socket("&transport=websocket");
        String opening = text(socket);
        if (!opening.startsWith("0{")) {
            throw new AssertionError(opening);
        }
        return socket;
    }

    /** The next message: text, or {@code "<bytes>"} for binary ones; {@code closed} at the end. */
    public static String text(RawTalker socket) {
        byte[] frame = socket.frame();
        int opcode = frame.length == 0 ? 8 : frame[0] & 0x0F;
        return switch (opcode) {
            case 1 -> new String(frame, 1, frame.length - 1, UTF_8);
            case 2 -> '<' + java.util.HexFormat.of().formatHex(frame, 1, frame.length) + '>';
            case 8 -> "closed";
            default -> throw new AssertionError("opcode " + opcode);
        };
    }

    /** As {@link #text}, but for pings, which are answered. */
    public static String message(RawTalker socket) {
        String text = text(socket);
        while (text.equals("2")) {
            socket.says("3");
            text = text(socket);
        }
        return text;
    }
}
