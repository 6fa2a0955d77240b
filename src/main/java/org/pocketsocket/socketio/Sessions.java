package org.pocketsocket.socketio;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** All sessions, by their secret names. */
@Singleton
public class Sessions {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Hub hub;
    private final Settings.SocketIo settings;
    private final Conversation.House house;
    private final SocketIoCodec three;
    private final SocketIoCodec four;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /**
     * One of them.
     *
     * @param user whose it is: nobody else may use it
     * @param posting held by the request whose packets are being handled
     */
    record Session(String id, Engine engine, String user, ReentrantLock posting) {}

    /**
     * What a client asks for.
     *
     * @param bytes it can read binary answers
     */
    record Wish(Revision revision, boolean bytes, boolean echo) {}

    @Inject
    Sessions(Hub hub, Settings settings) {
        this.hub = hub;
        this.settings = settings.socketio();
        this.house = new Conversation.House(hub, terms(settings));
        int depth = settings.limits().depth();
        this.three = new SocketIoCodec(Revision.THREE, depth);
        this.four = new SocketIoCodec(Revision.FOUR, depth, this.settings.recovery());
    }

    private static Conversation.Terms terms(Settings settings) {
        Settings.SocketIo own = settings.socketio();
        int recovery = own.recovery() ? settings.grace().queue() : 0;
        return new Conversation.Terms(own.connect(), settings.tokens().known(), recovery);
    }

    /** The one of this name that the caller may use. */
    Session find(@Nullable String id, Arrival from) {
        Session session = id == null ? null : sessions.get(id);
        if (session == null || !session.user.equals(from.user()) || !session.engine.isAlive()) {
            throw No.SESSION.thrown();
        }
        return session;
    }

    /** A new one, which {@link Session#engine} is to begin. */
    Session create(Wish wish, String user) {
        if (sessions.size() >= settings.sessions()) {
            throw No.TOO_MANY.thrown();
        }
        String id = newId();
        Engine.Terms terms = new Engine.Terms(
                wish.revision,
                (packets, poll) -> wish.revision.write(packets, wish.bytes, poll),
                new Beat.Pace(settings.interval(), settings.timeout()),
                settings.upgrade(),
                settings.mailbox());
        Beat.World world = new Beat.World(System::nanoTime, hub::schedule);
        Session session =
                new Session(id, new Engine(terms, world, () -> sessions.remove(id)), user, new ReentrantLock());
        sessions.put(id, session);
        return session;
    }

    /** Who comes; to be asked while the request is there. */
    Conversation.Arriving arriving(Arrival from) {
        try {
            var token = hub.gate().bearer(from.authorization());
            return new Conversation.Arriving(from.handshake(hub.roles(), token), token);
        } catch (Rejection no) {
            throw No.TOKEN.thrown();
        }
    }

    /** Opens a session: over this WebSocket, or without one. */
    void begin(Session session, Wish wish, Conversation.Arriving from, @Nullable Pipe pipe) {
        String open = opening(session, wish, pipe == null);
        if (wish.echo) {
            session.engine.begin(new EchoTalk(session.engine), pipe, open);
            return;
        }
        SocketIoCodec codec = wish.revision == Revision.FOUR ? four : three;
        Conversation conversation = new Conversation(house, session.engine, codec, from);
        session.engine.begin(conversation, pipe, open);
        conversation.begin();
    }

    Settings.SocketIo settings() {
        return settings;
    }

    /** Does it after this time, on a thread that may take its own. */
    void later(Duration time, Runnable task) {
        hub.schedule(time, task);
    }

    private String opening(Session session, Wish wish, boolean polling) {
        String limit = wish.revision == Revision.FOUR ? ",\"maxPayload\":" + settings.payload() : "";
        return "0{\"sid\":" + JsonParts.quote(session.id) + ",\"upgrades\":" + (polling ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.interval().toMillis()
                + ",\"pingTimeout\":" + settings.timeout().toMillis() + limit + '}';
    }

    static String newId() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
