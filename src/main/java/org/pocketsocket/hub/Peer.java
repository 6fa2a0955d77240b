package org.pocketsocket.hub;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;

/** One client's conversation with the server. Made by {@link Hub#connect}. */
public final class Peer {

    private static final Logger LOG = Logger.getLogger(Peer.class.getName());
    private static final SecureRandom RANDOM = new SecureRandom();

    final String id = newId();
    final Caller caller;
    final Codec codec;
    final Map<String, Membership> memberships = new ConcurrentHashMap<>();
    final Turn turn = new Turn();

    private final Wire wire;
    private final Outbox outbox;
    private final Trace trace;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile boolean heard = true;

    Peer(Caller caller, Codec codec, Outbox outbox, Via via) {
        this.caller = caller;
        this.codec = codec;
        this.outbox = outbox;
        this.wire = via.wire;
        this.trace = via.trace;
    }

    /** What a peer is reached by. */
    record Via(Wire wire, Trace trace) {}

    public Caller caller() {
        return caller;
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

    void ping() {
        wire.ping();
    }

    /** To this peer alone, without a lane: answers, which belong to one message and not to a channel's order. */
    void answer(Outgoing message) {
        append(Load.of(Parcel.of(codec.encode(message))));
        flush();
    }

    /** Adds to what waits for it; one that reads too slowly is told so and put out. */
    void append(Load load) {
        if (outbox.append(load)) {
            if (trace != Trace.NONE) {
                load.parcel().texts().forEach(text -> trace.sent(caller, text));
            }
        } else {
            closeSlow();
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
        if (outbox.close()) {
            LOG.warning(() -> caller + " reads too slowly and was put out: " + bytes + " bytes waited for it");
            wire.close(Goodbye.TOO_SLOW);
        }
    }

    /** Ends the conversation: what waits is dropped. The edge reports the end to the hub. */
    public void close(Goodbye goodbye) {
        outbox.close();
        wire.close(goodbye);
    }

    /** True for the first who asks: the one that cleans up. */
    boolean goes() {
        outbox.close();
        return gone.compareAndSet(false, true);
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
