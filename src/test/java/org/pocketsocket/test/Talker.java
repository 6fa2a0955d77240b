package org.pocketsocket.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket client that is not ours: the JDK's. Notes what comes, and waits for it with a deadline. */
public final class Talker implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);

    private final List<String> got = new ArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private Talker(URI uri, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, new Ears()).join();
    }

    public static Talker to(URI uri, String... headers) {
        return new Talker(uri, headers);
    }

    public Talker says(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    public Talker says(byte[] bytes) {
        socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true).join();
        return this;
    }

    /** Sends an event, waits for its receipt or error, and returns that. */
    public String asks(String message, String data) {
        String id = "q" + System.nanoTime();
        says("{\"id\":\"" + id + "\",\"message\":\"" + message + "\",\"data\":" + data + "}");
        return awaits(text -> text.contains("\"messageId\":\"" + id + "\""));
    }

    public synchronized List<String> got() {
        return List.copyOf(got);
    }

    public String awaits(String part) {
        return awaits(text -> text.contains(part));
    }

    public synchronized String awaits(Predicate<String> wanted) {
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            for (String text : got) {
                if (wanted.test(text)) {
                    return text;
                }
            }
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

    /** The close code, once the server closed. */
    public int awaitsClose() {
        return closed.orTimeout(PATIENCE, TimeUnit.NANOSECONDS).join();
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        closed.completeOnTimeout(0, 2, TimeUnit.SECONDS).join();
        socket.abort();
    }

    private final class Ears implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                synchronized (Talker.this) {
                    got.add(text.toString());
                    Talker.this.notifyAll();
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(1006);
        }
    }
}
