package org.pocketsocket.hub;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Envelope;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Settings;

/** Decides what becomes of a message, and answers it. Runs in the peer's turn. */
final class Router {

    private static final String GLOBAL = "";

    /** What kinds of messages are called when they are counted. */
    private static final Map<Class<?>, String> COMMANDS = Map.of(
            Incoming.Join.class, "join",
            Incoming.Leave.class, "leave",
            Incoming.Answer.class, "answer",
            Incoming.Refusal.class, "answer",
            Incoming.Token.class, "token",
            Incoming.Plain.class, "relay",
            Incoming.Malformed.class, "malformed");

    private final Hub hub;
    private final Json json;
    private final Settings settings;

    Router(Hub hub, Json json, Settings settings) {
        this.hub = hub;
        this.json = json;
        this.settings = settings;
    }

    void route(Peer peer, Incoming message) {
        long start = System.nanoTime();
        handle(peer, message);
        hub.meter().handled(command(message), System.nanoTime() - start);
    }

    private String command(Incoming message) {
        if (message instanceof Incoming.Envelope envelope) {
            return isForBean(envelope) ? "event" : "relay";
        }
        return COMMANDS.getOrDefault(message.getClass(), "other");
    }

    private boolean isForBean(Incoming.Envelope envelope) {
        return !envelope.event().isEmpty() && hub.isServed(envelope.channel());
    }

    private void handle(Peer peer, Incoming message) {
        try {
            if (!hub.gate().isOpenTo(peer) && !(message instanceof Incoming.Token)) {
                peer.close(Goodbye.NO_TOKEN);
            } else if (!peer.mayTalk(hub.now())) {
                throw new Rejection(4429, "too_many", "slow down: you send more than this server takes of one client");
            } else if (message instanceof Incoming.Envelope envelope) {
                envelope(peer, envelope);
            } else if (message instanceof Incoming.Plain plain) {
                plain(peer, plain);
            } else {
                manage(peer, message);
            }
        } catch (RuntimeException | Error e) {
            fail(peer, message, e);
        }
    }

    private void manage(Peer peer, Incoming message) {
        if (message instanceof Incoming.Join join) {
            join(peer, join);
        } else if (message instanceof Incoming.Leave leave) {
            leave(peer, leave);
        } else if (message instanceof Incoming.Token token) {
            hub.gate().show(peer, token.token());
            settle(peer, token, null);
        } else if (message instanceof Incoming.Answer answer) {
            peer.asks.answer(answer.id(), answer.data());
        } else if (message instanceof Incoming.Refusal refusal) {
            peer.asks.refuse(refusal.id(), new Rejection(4403, "refused", refusal.reason()));
        } else if (message instanceof Incoming.Malformed malformed) {
            throw new Rejection(4400, "invalid_packet", malformed.reason());
        }
    }

    private void envelope(Peer peer, Incoming.Envelope envelope) {
        if (!isForBean(envelope)) {
            relay(peer, envelope, envelope.text());
        } else {
            event(
                    peer,
                    envelope,
                    new Envelope(
                            envelope.id(), envelope.channel(), envelope.event(), envelope.data(), envelope.spread()));
        }
    }

    /** Text without a name is for the global channel, if there is one. */
    private void plain(Peer peer, Incoming.Plain plain) {
        if (!hub.isServed(GLOBAL)) {
            relay(peer, plain, plain.text());
        } else if (plain.object()) {
            event(peer, plain, new Envelope(plain.id(), GLOBAL, "json", plain.text(), false));
        } else {
            event(peer, plain, new Envelope("null", GLOBAL, "message", json.write(plain.text()), false));
        }
    }

    private void event(Peer peer, Incoming message, Envelope envelope) {
        Membership member = peer.memberships.get(envelope.channel());
        if (member == null) {
            enter(peer, envelope.channel(), "{}");
            member = settled(peer, envelope.channel());
        }
        if (member == null) {
            throw new Rejection(4409, "conflict", "you left while you joined");
        } else if (!member.access().allows(envelope.event())) {
            throw denied(envelope.event());
        }
        settle(peer, message, member.channel().event(member, envelope));
    }

    private void join(Peer peer, Incoming.Join join) {
        if (peer.memberships.containsKey(join.channel())) {
            throw new Rejection(4409, "conflict", "you are in channel \"" + join.channel() + "\" already");
        }
        try {
            settle(peer, join, enter(peer, join.channel(), join.data()));
        } finally {
            settled(peer, join.channel());
        }
    }

    /** The membership; what was sent to it while it was let in is on its way. */
    private static @Nullable Membership settled(Peer peer, String channel) {
        Membership member = peer.memberships.get(channel);
        if (member != null) {
            member.settle();
        }
        return member;
    }

    private void leave(Peer peer, Incoming.Leave leave) {
        Membership member = peer.memberships.get(leave.channel());
        if (member == null) {
            throw new Rejection(4409, "conflict", "you are not in channel \"" + leave.channel() + "\"");
        }
        member.channel().leave(member, Reason.LEFT);
        settle(peer, leave, null);
    }

    private @Nullable Object enter(Peer peer, String name, String data) {
        if (!peer.pass.scope().allows(name)) {
            throw new Rejection(4403, "method_access_denied", "your token is not for this channel");
        }
        LiveChannel channel = hub.acquire(name);
        if (channel == null) {
            throw new Rejection(4404, "no_such_namespace", "there is no channel of that name");
        }
        int most = settings.limits().channels();
        if (peer.memberships.size() >= most) {
            hub.release(channel);
            throw new Rejection(4429, "too_many", "you are in " + most + " channels, leave one first");
        }
        Membership member = new Membership(peer, channel);
        peer.memberships.put(name, member);
        try {
            return admit(member, data);
        } catch (RuntimeException | Error e) {
            member.channel().leave(member, Reason.LEFT);
            throw e;
        }
    }

    private static @Nullable Object admit(Membership member, String data) {
        if (!member.access().allows("join")) {
            throw denied("join");
        }
        Object greeting = member.channel().join(member, data);
        if (greeting instanceof CompletionStage<?> later) {
            later.whenComplete((greeted, refusal) -> {
                if (refusal != null) {
                    member.leave();
                }
            });
        }
        if (member.peer.isGone()) {
            member.channel().leave(member, Reason.LOST); // it went before it was in the list that its end goes through
        }
        return greeting;
    }

    private static Rejection denied(String event) {
        return new Rejection(4403, "method_access_denied", "You do not have access to \"" + event + "\"");
    }

    private void relay(Peer peer, Incoming message, String text) {
        if (!peer.pass.scope().everything()) {
            throw new Rejection(4403, "method_access_denied", "your token is for single channels");
        } else if (!settings.relay()) {
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
                    settleLate(peer, message, value);
                } else {
                    fail(peer, message, failure);
                }
            });
        } else if (message.isNamed()) {
            String data = result == null ? null : Values.write(json, result);
            peer.answer(new Outgoing.Reply(message, data, result instanceof Envelope.Args, Instant.now()));
        }
    }

    /** As {@link #settle}; nobody else is there to catch what goes wrong. */
    private void settleLate(Peer peer, Incoming message, @Nullable Object result) {
        try {
            settle(peer, message, result);
        } catch (RuntimeException | Error e) {
            fail(peer, message, e);
        }
    }

    private void fail(Peer peer, Incoming message, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        hub.meter().refused(cause instanceof Rejection no ? no.code() : 4500);
        if (cause instanceof Rejection no) {
            peer.answer(new Outgoing.Failure(message, no.code(), no.error(), no.reason()));
        } else {
            String reason = "the server failed to handle this, its log says why under id " + Bugs.log(cause);
            peer.answer(new Outgoing.Failure(message, 4500, "internal_error", reason));
        }
    }
}
