package org.pocketsocket.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.security.Authenticator;
import org.pocketsocket.security.Bearer;
import org.pocketsocket.security.Token;
import org.pocketsocket.settings.Settings;

/**
 * Lets peers in by the tokens they show, and out when these expire. A peer is asked for a new token in time; one that has
 * not shown it when the grace is over goes.
 */
public final class Gate {

    /** A peer that is gone is remembered no longer than this. */
    private static final long LONGEST_NAP = TimeUnit.SECONDS.toNanos(60);

    private final Hub hub;
    private final Settings.Tokens settings;
    private final Authenticator authenticator;
    private final Wheel wheel;
    private final Outside outside;

    Gate(Hub hub, Settings.Tokens settings, Wheel wheel, Outside outside) {
        this.hub = hub;
        this.settings = settings;
        this.authenticator = outside.authenticator();
        this.wheel = wheel;
        this.outside = outside;
    }

    /** Whether it may do anything yet. */
    public boolean isOpenTo(Peer peer) {
        return !settings.required() || peer.pass.token() != null;
    }

    /** A peer has come: where a token is required it has some time to show it. */
    void watch(Peer peer) {
        if (settings.required()) {
            wheel.after(settings.patience(), () -> {
                if (!isOpenTo(peer) && !peer.isGone()) {
                    peer.close(Goodbye.NO_TOKEN);
                }
            });
        }
    }

    /**
     * The token of a handshake: {@code Authorization: Bearer …}. Empty without one, and where tokens are not known: then
     * that header is the container's.
     *
     * @throws Rejection 4401 for a bad one
     */
    public Optional<Token> bearer(@Nullable String header) {
        return settings.known() ? Bearer.token(header).map(authenticator::authenticate) : Optional.empty();
    }

    /**
     * A peer shows a token: in its dialect's first message, or later a newer one. From here on it is who that says, and
     * may do what it says.
     *
     * @throws Rejection 4401 for a bad token, 4403 for one that is about somebody else than the last, 4429 when they come
     *     too fast
     */
    public void show(Peer peer, String text) {
        if (!peer.pass.mayShow(now())) {
            throw new Rejection(4429, "too_many", "slow down: you show too many tokens");
        }
        admit(peer, authenticator.authenticate(text));
    }

    /** The same with one that was read already. */
    public void admit(Peer peer, Token token) {
        Token before = peer.pass.token();
        if (before != null && !before.identity().name().equals(token.identity().name())) {
            throw new Rejection(4403, "method_access_denied", "this token is about somebody else: connect anew");
        }
        peer.pass.put(token);
        peer.identify(token.identity());
        List.copyOf(peer.memberships.values()).stream()
                .filter(member -> !token.scope().allows(member.channel().name()))
                .forEach(Membership::leave);
        long expires = now() + token.left().toNanos();
        long early =
                Math.min(settings.ask().toNanos(), token.left().toNanos() / 2); // a short one is not asked for at once
        at(expires - early, peer, token, () -> ask(peer, token, expires));
        hub.enter(peer);
    }

    /** Puts a user out, on all devices, with 4001. How many these were. */
    public int kick(String user, String reason) {
        List<Peer> devices = List.copyOf(hub.devices(user));
        devices.forEach(peer -> peer.close(Goodbye.kicked(reason)));
        return devices.size();
    }

    /** Puts those out who have shown this token, named by its {@code jti}. How many these were. */
    public int kickToken(String id, String reason) {
        List<Peer> holders =
                hub.peers().stream().filter(peer -> id.equals(peer.pass.id())).toList();
        holders.forEach(peer -> peer.close(Goodbye.kicked(reason)));
        return holders.size();
    }

    private void ask(Peer peer, Token token, long expires) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, expires - now()));
        peer.answer(new Outgoing.Expiring(seconds));
        at(expires + settings.grace().toNanos(), peer, token, () -> peer.close(Goodbye.EXPIRED));
    }

    /** Does it then, if the peer is here and its token still the same. In naps: a timer holds on to its peer. */
    private void at(long time, Peer peer, Token token, Runnable then) {
        long nap = Math.max(0, Math.min(time - now(), LONGEST_NAP));
        wheel.after(Duration.ofNanos(nap), () -> {
            if (peer.isGone() || !peer.pass.isStill(token)) {
                return;
            } else if (now() < time) {
                at(time, peer, token, then);
            } else {
                then.run();
            }
        });
    }

    private long now() {
        return outside.clock().getAsLong();
    }
}
