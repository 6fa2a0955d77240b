package org.pocketsocket.stream;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.channel.HubChannels;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** Channelstream's API without HTTP, with lines and clients in memory, and a clock that stands still. */
final class Stage implements AutoCloseable {

    static final Instant START = Instant.parse("2014-04-06T12:00:00.123456Z");
    static final String SECRET = "secret";

    final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    final House house;
    final Hub hub;
    final HubChannels channels;
    private final org.pocketsocket.message.Json json = new org.pocketsocket.message.Json();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    Stage() {
        this(Map.of());
    }

    Stage(Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(Map.of("pocket.stream.secret", SECRET, "pocket.announce", 0));
        all.putAll(more);
        Settings settings = Settings.of(all);
        hub = new Hub(settings, json, Outside.plain(executor));
        channels = new HubChannels(hub, json);
        house = new House(
                hub,
                channels,
                settings,
                new Directory.Clocks(() -> START.plusNanos(nanos.get() - 1_000_000_000L), nanos::get));
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    // ---- a backend

    JsonObject connect(String user, String id, String... names) {
        return call("connect", "{\"user\":\"%s\",\"conn_id\":\"%s\",\"channels\":%s}", user, id, list(names));
    }

    /** With single quotes for double ones. */
    JsonObject call(String path, String body, Object... values) {
        Fields fields = Fields.of(values.length == 0 ? body.replace('\'', '"') : body.formatted(values));
        Calls calls = house.calls;
        return object(
                switch (path) {
                    case "connect" -> calls.connect(fields, "10.0.0.1");
                    case "subscribe" -> calls.subscribe(fields, Optional.empty());
                    case "unsubscribe" -> calls.unsubscribe(fields, Optional.empty());
                    case "user_status" -> calls.status(fields);
                    case "user_state" -> calls.state(fields);
                    case "info" -> calls.info(fields);
                    default -> calls.configure(fields);
                });
    }

    JsonArray post(String body) {
        return array(house.calls.post(body.replace('\'', '"')));
    }

    JsonArray edit(String body) {
        return array(house.calls.edit(body.replace('\'', '"')));
    }

    JsonArray delete(String body) {
        return array(house.calls.delete(body.replace('\'', '"')));
    }

    /** What a call is refused with: its status, and the error as it is written. */
    static String refused(ThrowingCallable call) {
        Throwable thrown = Assertions.catchThrowable(call);
        Assertions.assertThat(thrown).isInstanceOf(Refused.class);
        Refused no = (Refused) thrown;
        return no.status() + " " + Tree.json(no.body());
    }

    private static String list(String... names) {
        return Tree.json(List.of(names));
    }

    static JsonObject object(Object tree) {
        return value(Tree.json(tree)).asJsonObject();
    }

    static JsonArray array(Object tree) {
        return value(Tree.json(tree)).asJsonArray();
    }

    static JsonValue value(String json) {
        return Json.createReader(new StringReader(json)).readValue();
    }

    // ---- browsers

    /** A browser that has its connection attached. */
    Browser browser(String id) {
        Browser browser = new Browser();
        seat(id).attach(browser);
        return browser;
    }

    Seat seat(String id) {
        return house.seat(id).orElseThrow();
    }

    void settle() {
        try {
            hub.settle();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A line in memory. */
    final class Browser implements Line {

        private final List<JsonObject> got = new ArrayList<>();
        private final List<String> lists = new ArrayList<>();
        private Goodbye goodbye;
        private boolean blocked;
        private Runnable ready = () -> {};

        @Override
        public synchronized boolean write(Parcel parcel, boolean more, Runnable whenReady) {
            String list = StreamCodec.list(parcel);
            if (!list.isEmpty()) {
                lists.add(list);
                value(list).asJsonArray().forEach(item -> got.add(item.asJsonObject()));
            }
            ready = whenReady;
            return !blocked;
        }

        @Override
        public void ping() {}

        @Override
        public synchronized void end(Goodbye why) {
            goodbye = why;
        }

        @Override
        public boolean lasts() {
            return true;
        }

        synchronized void block() {
            blocked = true;
        }

        void readOn() {
            Runnable next;
            synchronized (this) {
                blocked = false;
                next = ready;
            }
            next.run();
        }

        /** What has arrived, once all that was sent so far has. */
        List<JsonObject> got() {
            settle();
            synchronized (this) {
                return List.copyOf(got);
            }
        }

        /** The payloads of that, as JSON. */
        List<String> messages() {
            return got().stream().map(item -> item.get("message").toString()).toList();
        }

        synchronized List<String> lists() {
            return List.copyOf(lists);
        }

        synchronized Goodbye goodbye() {
            return goodbye;
        }
    }

    /** Somebody at another door, who speaks pocket. */
    Guest guest(Map<String, List<String>> query) {
        return new Guest(query, Identity.ANONYMOUS);
    }

    Guest guest(Identity identity) {
        return new Guest(Map.of(), identity);
    }

    final class Guest implements Wire {

        private final Codec codec = new PocketCodec(WireLimits.DEFAULT);
        private final List<String> got = new ArrayList<>();
        private final Peer peer;
        private Goodbye goodbye;

        Guest(Map<String, List<String>> query, Identity identity) {
            peer = hub.connect(new Handshake("10.0.0.9", 7, Map.of(), query, identity), codec, this);
        }

        /** With single quotes for double ones. */
        Guest says(String text) {
            hub.receive(peer, codec.decode(text.replace('\'', '"')));
            return this;
        }

        void goes() {
            hub.disconnect(peer, org.pocketsocket.OnLeave.Reason.CLOSED);
        }

        @Override
        public synchronized boolean write(Parcel parcel, boolean more, Runnable ready) {
            got.addAll(parcel.texts());
            return true;
        }

        @Override
        public void ping() {}

        @Override
        public void close(Goodbye why) {
            synchronized (this) {
                goodbye = why;
            }
            goes();
        }

        List<String> got() {
            settle();
            synchronized (this) {
                return List.copyOf(got);
            }
        }

        synchronized Goodbye goodbye() {
            return goodbye;
        }
    }

    @Override
    public void close() {
        hub.close();
        executor.shutdownNow();
        json.close();
    }
}
