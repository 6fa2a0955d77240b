package org.pocketsocket.test;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Talks pocket without a WebSocket, by long-polling or by Server-Sent Events, with the JDK's HTTP client. */
public final class HttpTalker implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private final URI uri;
    private final List<String> got = new ArrayList<>();
    private String session = "";
    private long ack;
    private long batch;
    private int closeCode;
    private volatile boolean over;

    private HttpTalker(URI uri) {
        this.uri = uri;
    }

    public static HttpTalker polling(URI uri) {
        HttpTalker talker = new HttpTalker(uri);
        talker.session = talker.post("{}").getString("session");
        talker.start(talker::poll);
        return talker;
    }

    public static HttpTalker streaming(URI uri) {
        HttpTalker talker = new HttpTalker(uri);
        talker.start(talker::stream);
        talker.await(() -> !talker.session.isEmpty());
        return talker;
    }

    private void start(Runnable reading) {
        Thread thread = new Thread(reading, "http talker");
        thread.setDaemon(true);
        thread.start();
    }

    private void poll() {
        while (!over) {
            JsonObject mail = post("{\"session\":\"" + session + "\",\"ack\":" + ack + "}");
            if (!mail.containsKey("messages")) {
                return;
            }
            synchronized (this) {
                mail.getJsonArray("messages").getValuesAs(JsonString::getString).forEach(got::add);
                ack = mail.getJsonNumber("last").longValue();
                if (mail.containsKey("close")) {
                    closed(mail.getJsonObject("close"));
                }
                notifyAll();
            }
        }
    }

    private void stream() {
        HttpResponse<Stream<String>> response = send(HttpRequest.newBuilder(uri), HttpResponse.BodyHandlers.ofLines());
        String[] event = {"message"};
        try (Stream<String> lines = response.body()) {
            lines.takeWhile(line -> !over).forEach(line -> line(event, line));
        } catch (java.io.UncheckedIOException e) {
            over = true;
        }
    }

    private synchronized void line(String[] event, String line) {
        if (line.isEmpty()) {
            event[0] = "message";
        } else if (line.startsWith("event: ")) {
            event[0] = line.substring(7);
        } else if (line.startsWith("data: ")) {
            String data = line.substring(6);
            switch (event[0]) {
                case "session" -> session = object(data).getString("session");
                case "close" -> closed(object(data));
                case "ping" -> start(() -> post("{\"session\":\"" + session + "\",\"ack\":" + data + "}"));
                default -> got.add(data);
            }
        }
        notifyAll();
    }

    private void closed(JsonObject goodbye) {
        closeCode = goodbye.getInt("code");
        over = true;
    }

    public HttpTalker says(String... texts) {
        JsonArrayBuilder messages = Json.createArrayBuilder();
        for (String text : texts) {
            messages.add(text);
        }
        JsonObjectBuilder post = Json.createObjectBuilder()
                .add("session", session)
                .add("batch", ++batch)
                .add("messages", messages);
        post(post.build().toString());
        return this;
    }

    public String asks(String message, String data) {
        String id = "q" + System.nanoTime();
        says("{\"id\":\"" + id + "\",\"message\":\"" + message + "\",\"data\":" + data + "}");
        return awaits("\"messageId\":\"" + id + "\"");
    }

    public synchronized List<String> got() {
        return List.copyOf(got);
    }

    public synchronized String awaits(String part) {
        await(() -> got.stream().anyMatch(text -> text.contains(part)));
        return got.stream().filter(text -> text.contains(part)).findFirst().orElseThrow();
    }

    public synchronized int awaitsClose() {
        await(() -> closeCode != 0);
        return closeCode;
    }

    private synchronized void await(java.util.function.BooleanSupplier there) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!there.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("what was waited for did not come, but: " + got);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** The answer to any body, an error too. */
    public JsonObject post(String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
        return object(send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    public String session() {
        return session;
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> how) {
        try {
            return HTTP.send(request.build(), how);
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject object(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }

    /** Stops taking; what it asked for last is not waited for. */
    public void vanishes() {
        over = true;
    }

    @Override
    public void close() {
        over = true;
        post("{\"session\":\"" + session + "\",\"close\":true}");
    }
}
