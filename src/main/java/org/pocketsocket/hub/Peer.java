package org.pocketsocket.hub;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;

/** One client's conversation with the server. Made by {@link Hub#connect}. */
public final class Peer {

    private static final Logger LOG = Logger.getLogger(Peer.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    final String id = newId();
    final Codec codec;
    final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    final Turn turn = new Turn();
    final Asks asks = new Asks();
    final Bag session = new Bag();
    final Pass pass = new Pass();

    private final Handshake handshake;
    private final Outbox outbox;
    private final Via via;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile Identity identity;
    private volatile @Nullable Reason reason;
    private volatile int code;
    private volatile boolean heard = true;

    Peer(Handshake handshake, Codec codec, Outbox outbox, Via via) {
        this.handshake = handshake;
        this.identity = handshake.identity();
        this.codec = codec;
        this.outbox = outbox;
        this.via = via;
    }

    /** What a peer is reached by, watched by, and known by. */
    record Via(Wire wire, Watch watch, Bucket events, Users users) {}

    /** @param slow told when a peer was put out for reading too slowly */
    record Watch(Trace trace, Consumer<Handshake> slow, Meter meter) {}

    /** The same in all its channels; secret to no one it is told. */
    public String id() {
        return id;
    }

    /** Whether it is in the channel, or about to come in. */
    public boolean isIn(String channel) {
        return memberships.containsKey(channel);
    }

    /** The channels it is in, or about to come in. */
    public Set<String> channels() {
        return Set.copyOf(memberships.keySet());
    }

    String transport() {
        return via.wire.transport();
    }

    /** Bytes that wait for it. */
    int queued() {
        return outbox.bytes();
    }

    Caller caller() {
        return new Caller(handshake.address(), handshake.port());
    }

    Handshake handshake() {
        return handshake;
    }

    Identity identity() {
        return identity;
    }

    /** Who it is from now on. */
    synchronized void identify(Identity other) {
        via.users.remove(identity.name(), this);
        identity = other;
        if (!gone.get()) {
            via.users.add(other.name(), this);
        }
    }

    /** Its transport heard from it: a message, a pong. */
    public void heard() {
        heard = true;
    }

    /** Whether it was heard since this was last asked. */
    boolean wasHeard() {
        boolean was = heard;
        heard = false;
        return was;
    }

    /** Whether it may send one more event now. In its turn. */
    boolean mayTalk(long now) {
        return via.events.take(now);
    }

    void ping() {
        via.wire.ping();
    }

    /** To this peer alone, without a lane: answers, which belong to one message and not to a channel's order. */
    public void answer(Outgoing message) {
        Load load = Load.of(Parcel.of(codec.encode(message)));
        send(load);
        via.watch.meter.sent(1, load.bytes());
    }

    /** Adds to what waits for it; one that reads too slowly is told so and put out. */
    void append(Load load) {
        took(load, outbox.append(load));
    }

    /** Sends it, behind what waits for it. */
    void send(Load load) {
        took(load, outbox.send(load));
    }

    private void took(Load load, boolean fits) {
        if (!fits) {
            closeSlow();
        } else if (via.watch.trace != Trace.NONE) {
            load.parcel().texts().forEach(text -> via.watch.trace.sent(caller(), text));
        }
    }

    void flush() {
        outbox.flush();
    }

    boolean isStuck() {
        return outbox.isStuck();
    }

    /** Whether so much waits for it that it had better not be asked for more. */
    public boolean isBehind() {
        return outbox.isBehind();
    }

    void closeSlow() {
        int bytes = outbox.bytes();
        if (end(Goodbye.TOO_SLOW)) {
            LOG.warning(() -> caller() + " reads too slowly and was put out: " + bytes + " bytes waited for it");
            via.watch.slow.accept(handshake);
            via.watch.meter.slow();
        }
    }

    /** Ends the conversation: what waits is dropped. The edge reports the end to the hub. */
    public void close(Goodbye goodbye) {
        end(goodbye);
    }

    private boolean end(Goodbye goodbye) {
        boolean first = outbox.close();
        if (first) {
            reason = goodbye.leaving();
            code = goodbye.code();
        }
        via.wire.close(goodbye);
        return first;
    }

    /** True for the first who asks: the one that cleans up. */
    boolean goes(Reason why) {
        outbox.close();
        boolean first = gone.compareAndSet(false, true);
        if (first) {
            forget(why);
        }
        return first;
    }

    private synchronized void forget(Reason why) {
        via.users.remove(identity.name(), this);
        reason = reason == null ? why : reason;
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
        return gone.get();
    }

    private static String newId() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
