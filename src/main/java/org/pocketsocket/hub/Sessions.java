package org.pocketsocket.hub;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.settings.Grace;

/**
 * Peers that are known again when they come over another transport. Who said hello has a secret, and a grace: when its
 * transport is lost it stays what it is, for that time, and nobody notices.
 */
@SuppressWarnings("ReferenceEquality") // a peer is equal to itself only
public final class Sessions {

    private final BiConsumer<Peer, Peer> moved;
    private final Grace settings;
    private final Wheel wheel;
    private final Map<String, Peer> bySecret = new ConcurrentHashMap<>();
    private final Map<Peer, String> secrets = new ConcurrentHashMap<>();
    private final Set<Peer> absent = ConcurrentHashMap.newKeySet();

    /** @param moved told of a fresh peer and of the one that it turned out to be */
    Sessions(Grace settings, Wheel wheel, BiConsumer<Peer, Peer> moved) {
        this.moved = moved;
        this.settings = settings;
        this.wheel = wheel;
    }

    /**
     * From now on this peer is known again by the result, a secret of 128 bits: when its transport is lost it stays what it
     * is for {@code pocket.grace.time}, and what it is sent waits, unless it is {@linkplain #resume resumed}.
     */
    public String keep(Peer peer) {
        String secret = secrets.computeIfAbsent(peer, p -> Secrets.fresh());
        bySecret.put(secret, peer);
        if (peer.isGone()) {
            forget(peer); // it went meanwhile
        }
        return secret;
    }

    /**
     * Lets a peer that was {@linkplain #keep kept} go on with the transport of a fresh one, which is in no channel yet, and
     * which its edge goes on to use. What has waited for it follows the greeting.
     *
     * @param greeting given its last transport; nothing: it cannot go on, and is gone for good
     * @return false when there is no such peer any more, or it was another user's: then nothing has happened
     */
    public boolean resume(Peer fresh, String secret, Function<Wire, Optional<Parcel>> greeting) {
        Peer before = find(secret, fresh);
        if (before == null) {
            return false;
        }
        Optional<Parcel> welcome = greeting.apply(before.wire());
        if (welcome.isEmpty()) {
            forget(before);
            before.close(Goodbye.DROPPED);
        }
        return welcome.isPresent() && resume(fresh, before, Load.of(welcome.get()));
    }

    /** Answers a hello: by going on with a conversation, or by beginning one. */
    void hello(Peer peer, Incoming.Hello hello) {
        if (peer.answered() != null || !peer.memberships.isEmpty()) {
            throw new Rejection(4409, "conflict", "say hello first, and once");
        }
        Peer before = find(hello.resume(), peer);
        if (before == null || !resume(peer, before, peer.load(greeting(before, hello, hello.resume(), true)))) {
            peer.remember(new Answered(settings));
            peer.answer(greeting(peer, hello, keep(peer), false));
        }
    }

    /** The peer with this secret, if this one may be it: its user's, in its dialect; else null. */
    private @Nullable Peer find(String secret, Peer fresh) {
        Peer before = bySecret.get(secret);
        boolean same = before != null
                && before != fresh
                && before.codec == fresh.codec
                && before.credential().equals(fresh.credential());
        return same ? before : null;
    }

    private Outgoing greeting(Peer peer, Incoming.Hello hello, String secret, boolean resumed) {
        String data = "{\"session\":" + JsonParts.quote(secret) + ",\"resumed\":" + resumed + ",\"grace\":"
                + settings.time().toSeconds() + ",\"peer\":" + JsonParts.quote(peer.id) + '}';
        return new Outgoing.Reply(hello, data, Instant.now());
    }

    private boolean resume(Peer fresh, Peer before, Load greeting) {
        Wire old = before.wire();
        if (!fresh.moveTo(before, greeting)) {
            return false;
        }
        absent.remove(before);
        before.flush();
        old.close(Goodbye.MOVED);
        moved.accept(fresh, before);
        return true;
    }

    /** Whether it may be away for a while. */
    boolean mayWait(Peer peer) {
        return secrets.containsKey(peer) && absent.size() < settings.peers();
    }

    int queue() {
        return settings.queue();
    }

    /** It is away: for so long, and no longer. */
    void await(Peer peer, Runnable over) {
        Peer edge = peer.where.edge();
        absent.add(peer);
        if (!peer.where.isAway()) {
            absent.remove(peer); // it is back already
        }
        wheel.after(settings.time(), () -> {
            if (peer.where.isAway() && peer.where.edge() == edge) {
                over.run();
            }
        });
    }

    /** It is gone for good. */
    void forget(Peer peer) {
        absent.remove(peer);
        String secret = secrets.remove(peer);
        if (secret != null) {
            bySecret.remove(secret);
        }
    }
}
