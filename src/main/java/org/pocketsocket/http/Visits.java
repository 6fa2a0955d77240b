package org.pocketsocket.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.security.Token;
import org.pocketsocket.servlet.Arrival;
import org.pocketsocket.settings.Settings;

/** All conversations over HTTP, by their session's secret. */
@Singleton
public class Visits {

    /** How long somebody may take to fetch our goodbye. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Hub hub;
    private final Codec speaking;
    private final Codec reading;
    private final Settings.Http settings;
    private final int longest;
    private final Map<String, Visit> visits = new ConcurrentHashMap<>();

    @Inject
    Visits(Hub hub, PocketCodec codec, Settings settings) {
        this.hub = hub;
        this.speaking = codec;
        this.reading = new EventsCodec(codec);
        this.settings = settings.http();
        this.longest = settings.limits().message();
    }

    /**
     * A new one.
     *
     * @throws Rejection 4401 for a token that is none
     */
    Visit open(Arrival from, boolean readsOnly) {
        if (visits.size() >= settings.sessions()) {
            throw Refused.later("there are too many sessions, come back in a while");
        }
        Optional<Token> token = hub.gate().bearer(from.authorization());
        String id = newId();
        Visit visit = new Visit(new Visit.Terms(id, from.user(), readsOnly, settings.mailbox()), () -> over(id));
        Codec codec = readsOnly ? reading : speaking;
        visit.belongsTo(hub.connect(from.handshake(hub.roles(), token), codec, visit));
        token.ifPresent(shown -> hub.gate().admit(visit.peer(), shown));
        visits.put(id, visit);
        return visit;
    }

    /** The one of this name, if it is the caller's. */
    Optional<Visit> find(String id, Arrival from) {
        Visit visit = visits.get(id);
        if (visit != null && !visit.isOf(from.user())) {
            throw Refused.denied("this session is somebody else's");
        }
        return Optional.ofNullable(visit);
    }

    /** A message of its client's. */
    void receive(Visit visit, String text) {
        if (Parcel.utf8Length(text) > longest) {
            visit.peer().close(Goodbye.TOO_BIG);
        } else if (!visit.isOver()) {
            hub.receive(visit.peer(), speaking.decode(text));
        }
    }

    /** Joins a channel for it. */
    void join(Visit visit, String channel) {
        hub.receive(visit.peer(), new Incoming.Join("null", channel, "{}", ""));
    }

    /** Its client goes. */
    void close(Visit visit) {
        visits.remove(visit.id());
        hub.disconnect(visit.peer(), Reason.CLOSED);
        visit.close(new Goodbye(1000, "you closed"));
    }

    private void over(String id) {
        Visit visit = visits.get(id);
        if (visit != null) {
            hub.disconnect(visit.peer(), Reason.LOST);
            hub.schedule(FAREWELL, () -> visits.remove(id));
        }
    }

    private static String newId() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
