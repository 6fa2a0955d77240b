package org.pocketsocket.hub;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Envelope;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.settings.Settings;

/** Decides what becomes of a message, and answers it. Runs in the peer's turn. */
final class Router {

    private static final String GLOBAL = "";

    /** What kinds of messages are called when they are counted. */
    private static final Map<Class<?>, String> COMMANDS = Map.ofEntries(
            entry(Incoming.Join.class, "join"),
            entry(Incoming.Leave.class, "leave"),
            entry(Incoming.Answer.class, "answer"),
            entry(Incoming.Refusal.class, "answer"),
            entry(Incoming.Token.class, "token"),
            entry(Incoming.Hello.class, "hello"),
            entry(Incoming.History.class, "history"),
            entry(Incoming.Presence.class, "presence"),
            entry(Incoming.State.class, "state"),
            entry(Incoming.Plain.class, "relay"),
            entry(Incoming.Malformed.class, "malformed"));

    private static final Set<Class<?>> AGAIN = Set.of(
            Incoming.Hello.class,
            Incoming.Answer.class,
            Incoming.Refusal.class,
            Incoming.History.class,
            Incoming.Presence.class,
            Incoming.Malformed.class);

    private final Hub hub;
    private final Json json;
    private final Settings settings;
    private final Commands commands;

    Router(Hub hub, Json json, Settings settings, Commands commands) {
        this.commands = commands;
        this.hub = hub;
        this.json = json;
        this.settings = settings;
    }

    void route(Peer peer, Incoming message) {
        long start = hub.now();
        handle(peer, message, start);
        hub.meter().handled(command(message), hub.now() - start);
    }

    private String command(Incoming message) {
        if (message instanceof Incoming.Envelope envelope) {
            return isForBean(envelope) ? "event" : "relay";
        }
        return COMMANDS.getOrDefault(message.getClass(), "other");
    }

    private boolean isForBean(Incoming.Envelope envelope) {
        return !envelope.event().isEmpty() && hub.channels().isServed(envelope.channel());
    }

    private void handle(Peer peer, Incoming message, long now) {
        try {
            if (!hub.gate().isOpenTo(peer) && !isIntroduction(message)) {
                peer.close(Goodbye.NO_TOKEN);
            } else if (!peer.mayTalk(now)) {
                throw new Rejection(4429, "too_many", "slow down: you send more than this server takes of one client");
            } else if (isRepeated(peer, message)) {
                repeat(peer, message);
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

    private static boolean isIntroduction(Incoming message) {
        return message instanceof Incoming.Token
                || (message instanceof Incoming.Hello hello && !hello.token().isEmpty());
    }

    /** Whether it was handled before, on this connection or an earlier one. */
    private static boolean isRepeated(Peer peer, Incoming message) {
        Answered answered = peer.answered();
        if (answered == null || !isOnce(message)) {
            return false;
        }
        Answered.Known known = answered.take(message.id());
        return known != Answered.Known.NEW
                && !(known == Answered.Known.FORGOTTEN && message instanceof Incoming.Join); // it may join again
    }

    /** What does nothing, or the same again, may be handled again; and what has no name cannot be recognised. */
    private static boolean isOnce(Incoming message) {
        return message instanceof Incoming.Plain plain
                ? plain.object() && message.isNamed()
                : message.isNamed() && !AGAIN.contains(message.getClass());
    }

    private void repeat(Peer peer, Incoming message) {
        Answered answered = requireNonNull(peer.answered());
        Load answer = answered.answer(message.id());
        if (answer != null) {
            peer.answer(answer);
        } else if (answered.take(message.id()) == Answered.Known.FORGOTTEN) {
            throw new Rejection(4409, "conflict", "this was handled before; its answer was too long to be kept");
        }
    }

    private static void answer(Peer peer, Incoming message, Outgoing answer) {
        Load load = peer.load(answer);
        Answered answered = peer.answered();
        if (answered != null && isOnce(message)) {
            answered.put(message.id(), load);
        }
        peer.answer(load);
    }

    private void manage(Peer peer, Incoming message) {
        if (message instanceof Incoming.Answer answer) {
            peer.asks.answer(answer.id(), answer.data());
        } else if (message instanceof Incoming.Refusal refusal) {
            peer.asks.refuse(refusal.id(), new Rejection(4403, "refused", refusal.reason()));
        } else if (message instanceof Incoming.Hello hello) {
            commands.hello(peer, hello);
        } else if (message instanceof Incoming.Join join) {
            join(peer, join);
        } else {
            settle(peer, message, commands.handle(peer, message));
        }
    }

    private void join(Peer peer, Incoming.Join join) {
        try {
            settle(peer, join, commands.handle(peer, join));
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
        if (!hub.channels().isServed(GLOBAL)) {
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
            commands.enter(peer, envelope.channel(), "{}");
            member = settled(peer, envelope.channel());
        }
        if (member == null) {
            throw new Rejection(4409, "conflict", "you left while you joined");
        } else if (!member.access().allows(envelope.event())) {
            throw Commands.denied(envelope.event());
        }
        settle(peer, message, member.channel().event(member, envelope));
    }

    private void relay(Peer peer, Incoming message, String text) {
        if (!peer.pass.scope().everything()) {
            throw new Rejection(4403, "method_access_denied", "your token is for single channels");
        } else if (!settings.relay()) {
            throw new Rejection(4404, "no_such_namespace", "no channel takes this, and this server does not relay");
        }
        answer(peer, message, new Outgoing.Reply(message, null, Instant.now()));
        hub.crowd().relay(new Outgoing.Verbatim(text), settings.echo() ? Set.of() : Set.of(peer));
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
            String data = result == null ? null : json(result);
            String history = message instanceof Incoming.Join join ? commands.history(peer, join) : null;
            boolean spread = result instanceof Envelope.Args;
            answer(peer, message, new Outgoing.Reply(message, data, spread, Instant.now(), history));
        }
    }

    private String json(Object result) {
        return result instanceof Commands.Raw raw ? raw.json() : Values.write(json, result);
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
            answer(peer, message, new Outgoing.Failure(message, no.code(), no.error(), no.reason()));
        } else {
            String reason = "the server failed to handle this, its log says why under id " + Bugs.log(cause);
            answer(peer, message, new Outgoing.Failure(message, 4500, "internal_error", reason));
        }
    }
}
