package org.pocketsocket.hub;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Settings;

/** Decides what becomes of a message, and answers it. Runs in the peer's turn. */
final class Router {

    private final Hub hub;
    private final Json json;
    private final Settings settings;

    Router(Hub hub, Json json, Settings settings) {
        this.hub = hub;
        this.json = json;
        this.settings = settings;
    }

    void route(Peer peer, Incoming message) {
        try {
            if (message instanceof Incoming.Envelope envelope) {
                envelope(peer, envelope);
            } else if (message instanceof Incoming.Plain plain) {
                relay(peer, plain, plain.text());
            } else if (message instanceof Incoming.Join join) {
                join(peer, join);
            } else if (message instanceof Incoming.Leave leave) {
                leave(peer, leave);
            } else if (message instanceof Incoming.Malformed malformed) {
                throw new Rejection(4400, "invalid_packet", malformed.reason());
            }
        } catch (RuntimeException | Error e) {
            fail(peer, message, e);
        }
    }

    private void envelope(Peer peer, Incoming.Envelope envelope) {
        LiveChannel channel = envelope.event().isEmpty() ? null : hub.channel(envelope.channel());
        if (channel == null) {
            relay(peer, envelope, envelope.text());
        } else {
            settle(peer, envelope, channel.event(membership(peer, channel), envelope.event(), envelope.data()));
        }
    }

    private void join(Peer peer, Incoming.Join join) {
        LiveChannel channel = channel(join.channel());
        if (peer.memberships.containsKey(channel.name())) {
            throw new Rejection(4409, "conflict", "you are in channel \"" + channel.name() + "\" already");
        }
        settle(peer, join, enter(peer, channel, join.data()));
    }

    private void leave(Peer peer, Incoming.Leave leave) {
        Membership member = peer.memberships.get(channel(leave.channel()).name());
        if (member == null) {
            throw new Rejection(4409, "conflict", "you are not in channel \"" + leave.channel() + "\"");
        }
        member.leave();
        settle(peer, leave, null);
    }

    private LiveChannel channel(String name) {
        LiveChannel channel = hub.channel(name);
        if (channel == null) {
            throw new Rejection(4404, "no_such_namespace", "there is no channel of that name");
        }
        return channel;
    }

    private Membership membership(Peer peer, LiveChannel channel) {
        Membership known = peer.memberships.get(channel.name());
        if (known == null) {
            enter(peer, channel, "{}");
            known = peer.memberships.get(channel.name());
        }
        if (known == null) {
            throw new Rejection(4409, "conflict", "you left while you joined");
        }
        return known;
    }

    private @Nullable Object enter(Peer peer, LiveChannel channel, String data) {
        int most = settings.limits().channels();
        if (peer.memberships.size() >= most) {
            throw new Rejection(4429, "too_many", "you are in " + most + " channels, leave one first");
        }
        Membership member = new Membership(peer, channel);
        peer.memberships.put(channel.name(), member);
        try {
            Object greeting = channel.join(member, data);
            if (peer.isGone()) {
                member.leave(); // it went before it was in the list that its end goes through
            }
            return greeting;
        } catch (RuntimeException | Error e) {
            member.leave();
            throw e;
        }
    }

    private void relay(Peer peer, Incoming message, String text) {
        if (!settings.relay()) {
            throw new Rejection(4404, "no_such_namespace", "no channel takes this, and this server does not relay");
        }
        peer.answer(new Outgoing.Reply(message, null, Instant.now()));
        hub.relay(new Outgoing.Verbatim(text), settings.echo() ? Set.of() : Set.of(peer));
    }

    /** Answers with what a handler returned, when it is there. */
    private void settle(Peer peer, Incoming message, @Nullable Object result) {
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> {
                if (failure == null) {
                    settle(peer, message, value);
                } else {
                    fail(peer, message, failure);
                }
            });
        } else if (message.isNamed()) {
            String data = result == null ? null : json.write(result);
            peer.answer(new Outgoing.Reply(message, data, Instant.now()));
        }
    }

    private static void fail(Peer peer, Incoming message, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Rejection no) {
            peer.answer(new Outgoing.Failure(id(message), no.code(), no.error(), no.reason()));
        } else {
            String reason = "the server failed to handle this, its log says why under id " + Bugs.log(cause);
            peer.answer(new Outgoing.Failure(id(message), 4500, "internal_error", reason));
        }
    }

    /** A text that is no object has no id to be recognised by. */
    private static String id(Incoming message) {
        return message instanceof Incoming.Plain plain && !plain.object() ? "null" : message.id();
    }
}
