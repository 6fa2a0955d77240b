package org.pocketsocket.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;

/** A client in memory. It speaks pocket; what it waits for must come within five seconds. */
public final class TestClient implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Hub hub;
    private final Json json;
    private final Peer peer;
    private final List<JsonObject> got = new ArrayList<>();
    private final Map<String, Function<String, @Nullable Object>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private @Nullable Goodbye goodbye;

    TestClient(Hub hub, Handshake handshake, Json json) {
        this.hub = hub;
        this.json = json;
        this.peer = hub.connect(handshake, codec, new MemoryWire());
    }

    /** Sends an event, {@code channel.event}, without waiting for anything. */
    public TestClient send(String message, @Nullable Object data) {
        receive("{\"message\":" + json.write(message) + ",\"data\":" + json.write(data) + "}");
        return this;
    }

    /** Sends any text. */
    public TestClient sendText(String text) {
        receive(text);
        return this;
    }

    /**
     * Sends an event and waits for its acknowledgement.
     *
     * @throws Rejection when the server says no
     */
    public <T> @Nullable T ask(String message, @Nullable Object data, Class<T> type) {
        JsonValue result = receipt(message, data).get("data");
        return result == null ? null : json.read(result.toString(), type);
    }

    /** The same; the whole receipt, as docs/protocol.md has it. */
    public JsonObject receipt(String message, @Nullable Object data) {
        String id = "\"t" + ids.incrementAndGet() + '"';
        receive("{\"id\":" + id + ",\"message\":" + json.write(message) + ",\"data\":" + json.write(data) + "}");
        JsonObject answer = take(object -> object.containsKey("messageId")
                && object.get("messageId").toString().equals(id));
        if (answer.getString("socket").equals("error")) {
            throw new Rejection(answer.getInt("code"), answer.getString("error"), answer.getString("reason"));
        }
        return answer;
    }

    /** The same where the acknowledgement brings nothing of interest. */
    public TestClient ask(String message, @Nullable Object data) {
        Object ignored = ask(message, data, Object.class);
        return this;
    }

    /**
     * Joins a channel.
     *
     * @throws Rejection when it may not
     */
    public TestClient join(String channel) {
        return ask("socket.join", Map.of("channel", channel));
    }

    public TestClient leave(String channel) {
        return ask("socket.leave", Map.of("channel", channel));
    }

    /** The payload of the next event of this name: waits for it if need be, and leaves others where they are. */
    public <T> @Nullable T next(String message, Class<T> type) {
        return json.read(nextData(message), type);
    }

    public @Nullable Object next(String message, Type type) {
        return json.read(nextData(message), type);
    }

    private String nextData(String message) {
        return String.valueOf(take(message).get("data"));
    }

    /** The next event of this name, as docs/protocol.md has it. */
    public JsonObject take(String message) {
        return take(object -> message.equals(object.getString("message", null)));
    }

    /** The next that the server itself says of this kind: {@code presence}, {@code token}. */
    public JsonObject takeSocket(String kind) {
        return take(object -> kind.equals(object.getString("socket", null)));
    }

    /** How many events of this name have come and were not asked for. All that was sent before is counted. */
    public int waiting(String message) {
        return waiting("message", message);
    }

    /** The same of what the server itself says. */
    public int waitingSocket(String kind) {
        return waiting("socket", kind);
    }

    private int waiting(String key, String value) {
        settle();
        synchronized (got) {
            return (int) got.stream()
                    .filter(object -> value.equals(object.getString(key, null)))
                    .count();
        }
    }

    /**
     * Answers the server's questions of this name; the function gets the payload, as JSON. It refuses by throwing a
     * {@link Rejection}, whose reason the server is told.
     */
    public TestClient onAsk(String message, Function<String, @Nullable Object> answer) {
        answers.put(message, answer);
        return this;
    }

    /** The close code that the server ended the connection with; waits for it. */
    public int closeCode() {
        synchronized (got) {
            long deadline = System.nanoTime() + PATIENCE;
            while (goodbye == null) {
                pause(deadline, "a goodbye");
            }
            return goodbye.code();
        }
    }

    /** Gone without a word. */
    public void vanish() {
        hub.disconnect(peer, Reason.LOST);
    }

    /** Closes the connection as it should be done. */
    @Override
    public void close() {
        hub.disconnect(peer, Reason.CLOSED);
    }

    private void receive(String text) {
        hub.receive(peer, codec.decode(text));
    }

    private void settle() {
        try {
            hub.settle();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonObject take(Predicate<JsonObject> wanted) {
        synchronized (got) {
            long deadline = System.nanoTime() + PATIENCE;
            while (true) {
                Iterator<JsonObject> all = got.iterator();
                while (all.hasNext()) {
                    JsonObject object = all.next();
                    if (wanted.test(object)) {
                        all.remove();
                        return object;
                    }
                }
                pause(deadline, "a message");
            }
        }
    }

    @SuppressWarnings("WaitNotInLoop") // its callers loop
    private void pause(long deadline, String wanted) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new AssertionError(wanted + " was expected, but there is only " + got);
        }
        try {
            got.wait(left);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes everything at once. */
    private final class MemoryWire implements Wire {

        @Override
        public boolean write(Parcel parcel, boolean more, Runnable ready) {
            parcel.texts().forEach(this::take);
            return true;
        }

        private void take(String text) {
            if (json.read(text, JsonValue.class) instanceof JsonObject object && !isAnswered(object)) {
                synchronized (got) {
                    got.add(object);
                    got.notifyAll();
                }
            }
        }

        private boolean isAnswered(JsonObject object) {
            Function<String, @Nullable Object> answer = answers.get(object.getString("message", ""));
            if (answer == null || !object.containsKey("id")) {
                return false;
            }
            String id = String.valueOf(object.get("id"));
            try {
                Object data = answer.apply(String.valueOf(object.get("data")));
                reply(id, "answer", json.write(data));
            } catch (Rejection no) {
                reply(id, "refuse", json.write(Map.of("reason", no.reason())));
            }
            return true;
        }

        private void reply(String id, String event, String data) {
            receive("{\"id\":" + id + ",\"message\":\"socket." + event + "\",\"data\":" + data + "}");
        }

        @Override
        public void ping() {
            peer.heard();
        }

        @Override
        public void close(Goodbye why) {
            synchronized (got) {
                goodbye = why;
                got.notifyAll();
            }
            hub.disconnect(peer, Reason.LOST);
        }
    }
}
