package org.pocketsocket.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pocketsocket.Channels;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Notice;
import org.pocketsocket.channel.Blueprint;
import org.pocketsocket.channel.HubChannels;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.message.Json;
import org.pocketsocket.settings.Settings;

/**
 * A server in memory.
 *
 * <pre>{@code
 * try (TestPocket pocket = TestPocket.of(new Chat())) {
 *     TestClient ada = pocket.connect("ada").join("chat");
 *     TestClient bob = pocket.connect("bob").join("chat");
 *     assertEquals(5, ada.ask("chat.say", "hello", Integer.class));
 *     assertEquals("hello", bob.next("chat.said", String.class));
 * }
 * }</pre>
 */
public final class TestPocket implements AutoCloseable {

    private final Json json = new Json();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<Notice> notices = new CopyOnWriteArrayList<>();
    private final Settings settings;
    private final Hub hub;

    private TestPocket(Settings settings, Object... channels) {
        this.settings = settings;
        this.hub = new Hub(settings, json, Outside.plain(executor).with(notices::add));
        for (Object channel : channels) {
            Blueprint blueprint = Blueprint.of(channel.getClass());
            hub.register(blueprint.name(), blueprint.handler(channel, json));
        }
    }

    /** A server with these channels: objects of classes with {@link org.pocketsocket.Channel}. */
    public static TestPocket of(Object... channels) {
        return with(Map.of(), channels);
    }

    /** The same with settings: {@code Map.of("pocket.relay", false)}. */
    public static TestPocket with(Map<String, ?> settings, Object... channels) {
        Map<String, Object> all = new HashMap<>(Map.of("pocket.announce", 0));
        all.putAll(settings);
        return new TestPocket(Settings.of(all), channels);
    }

    /** The channels, as an application injects them. */
    public Channels channels() {
        return new HubChannels(hub, json);
    }

    /** A client that is nobody in particular. */
    public TestClient connect() {
        return connect(Identity.ANONYMOUS);
    }

    /** A client of this user, who has these roles. */
    public TestClient connect(String user, String... roles) {
        return connect(Identity.of(user, roles));
    }

    public TestClient connect(Identity identity) {
        return connect(new Handshake("127.0.0.1", 0, Map.of(), Map.of(), identity));
    }

    public TestClient connect(Handshake handshake) {
        return new TestClient(hub, handshake, json);
    }

    /** What happened so far. */
    public List<Notice> notices() {
        return List.copyOf(notices);
    }

    Settings settings() {
        return settings;
    }

    /** Waits until all that was sent so far has arrived at the clients. */
    public TestPocket settle() {
        try {
            hub.settle();
            return this;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        hub.close();
        executor.shutdownNow();
        json.close();
    }
}
