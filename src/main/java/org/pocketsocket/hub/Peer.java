package org.pocketsocket.hub;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.Whereabouts.Line;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.security.Token;

/** One client's conversation with the server. Made by {@link Hub#connect}. */
public final class Peer {

    private static final Logger LOG = Logger.getLogger(Peer.class.getName());

    final String id = Secrets.fresh();
    final Codec codec;
    final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    final Turn turn = new Turn();
    final Asks asks = new Asks();
    final Bag session = new Bag();
    final Pass pass = new Pass();

    final Whereabouts where;

    private final Via via;
    private volatile Identity identity;
    private volatile @Nullable Answered answered;
    private volatile @Nullable Reason reason;
    private volatile int code;
    private volatile boolean heard = true;

    /** When it was pinged, in nanoseconds; 0 when it has answered, or need not any more. */
    private volatile long pinged;

    Peer(Line line, Codec codec, Via via) {
        this.where = new Whereabouts(this, line);
        this.identity = line.handshake().identity();
        this.codec = codec;
        this.via = via;
    }

    /**
     * What a peer is watched and known by.
     *
     * @param over told when it was closed while it was away
     */
    record Via(Watch watch, Bucket events, Users users, Consumer<Peer> over) {}

    /** @param slow told when a peer was put out for reading too slowly */
    record Watch(Trace trace, Consumer<Handshake> slow, Meter meter) {}

    /** The same in all its channels; secret to no one it is told. */
    public String id() {
        return where.owner().id;
    }

    /** Whether it is in the channel, or about to come in. */
    public boolean isIn(String channel) {
        return where.owner().memberships.containsKey(channel);
    }

    /** The channels it is in, or about to come in. */
    public Set<String> channels() {
        return Set.copyOf(where.owner().memberships.keySet());
    }

    String transport() {
        return where.isAway() ? "away" : wire().transport();
    }

    /** Bytes that wait for it. */
    int queued() {
        return outbox().bytes();
    }

    Caller caller() {
        return new Caller(handshake().address(), handshake().port());
    }

    Handshake handshake() {
        return where.line().handshake();
    }

    Wire wire() {
        return where.line().wire();
    }

    private Outbox outbox() {
        return where.line().outbox();
    }

    // ---- who it is

    Identity identity() {
        return identity;
    }

    /** Who it is from now on. */
    synchronized void identify(Identity other) {
        via.users.remove(identity.name(), this);
        identity = other;
        if (!where.isGone()) {
            via.users.add(other.name(), this);
        }
    }

    private synchronized void forget() {
        via.users.remove(identity.name(), this);
    }

    /** Who it is by its token, or else by its handshake, whatever the application says. */
    String credential() {
        Token token = pass.token();
        return token == null ? handshake().identity().name() : token.identity().name();
    }

    /** What it was answered; null before it said hello. */
    @Nullable
    Answered answered() {
        return answered;
    }

    /** Its answers are kept from now on. */
    void remember(Answered answers) {
        answered = answers;
    }

    /** Another goes on with its transport; see {@link Whereabouts#moveTo}. */
    boolean moveTo(Peer home, Load greeting) {
        boolean moved = where.moveTo(home, greeting);
        if (moved) {
            forget();
            home.reason = null;
            home.code = 0;
            home.heard = true;
        }
        return moved;
    }

    /** Its transport heard from it: a message, a pong. */
    public void heard() {
        Peer owner = where.owner();
        owner.heard = true;
        long since = owner.pinged;
        if (since != 0) {
            owner.pinged = 0;
            via.watch.meter.answered(System.nanoTime() - since);
        }
    }

    /** Whether it was heard since this was last asked. */
    boolean wasHeard() {
        boolean was = heard;
        heard = false;
        pinged = 0;
        return was;
    }

    /** Whether it may send one more event now. In its turn. */
    boolean mayTalk(long now) {
        return via.events.take(now);
    }

    void ping() {
        long now = System.nanoTime();
        wire().ping();
        pinged = heard ? 0 : now; // some wires answer for it
    }

    // ---- what it gets

    /** To this peer alone, without a lane: answers, which belong to one message and not to a channel's order. */
    public void answer(Outgoing message) {
        answer(load(message));
    }

    void answer(Load load) {
        send(load);
        via.watch.meter.sent(1, load.bytes());
    }

    Load load(Outgoing message) {
        return Load.of(Parcel.of(codec.encode(message)));
    }

    /** Adds to what waits for it; one that reads too slowly is told so and put out. */
    void append(Load load) {
        took(load, outbox().append(load));
    }

    /** Sends it, behind what waits for it. */
    void send(Load load) {
        took(load, outbox().send(load));
    }

    private void took(Load load, boolean fits) {
        if (!fits) {
            closeSlow();
        } else if (via.watch.trace != Trace.NONE) {
            load.parcel().texts().forEach(text -> via.watch.trace.sent(caller(), text));
        }
    }

    void flush() {
        outbox().flush();
    }

    boolean isStuck() {
        return outbox().isStuck();
    }

    /** Whether so much waits for it that it had better not be asked for more. */
    public boolean isBehind() {
        return outbox().isBehind();
    }

    // ---- its end

    void closeSlow() {
        int bytes = outbox().bytes();
        boolean away = where.isAway();
        if (end(Goodbye.TOO_SLOW) && !away) {
            LOG.warning(() -> caller() + " reads too slowly and was put out: " + bytes + " bytes waited for it");
            via.watch.slow.accept(handshake());
            via.watch.meter.slow();
        }
    }

    /** Ends the conversation: what waits is dropped. The edge reports the end to the hub. */
    public void close(Goodbye goodbye) {
        where.owner().end(goodbye);
    }

    private boolean end(Goodbye goodbye) {
        boolean first = outbox().close();
        if (first) {
            say(goodbye);
        }
        wire().close(goodbye);
        if (where.isAway()) {
            via.over.accept(this); // no edge is there to report it
        }
        return first;
    }

    /** Why it will end, if it does. */
    void say(Goodbye goodbye) {
        reason = goodbye.leaving();
        code = goodbye.code();
    }

    /** It is gone. */
    void gone(Reason why) {
        reason = reason == null ? why : reason;
        forget();
    }

    Reason reason() {
        Reason known = reason;
        return known == null ? Reason.LOST : known;
    }

    /** The close code it ends with; 1006 when nobody said goodbye. */
    int code() {
        return code != 0 ? code : reason() == Reason.CLOSED ? 1000 : 1006;
    }

    boolean isGone() {
        return where.isGone();
    }
}
