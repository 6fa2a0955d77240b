package org.pocketsocket.hub;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.settings.Settings;

/** What clients say to the server itself: joining, leaving, looking back. In the peer's turn. */
final class Commands {

    private final Hub hub;
    private final Settings settings;
    private final Sessions sessions;
    private final Recall recall;

    /** A result that is JSON already. */
    record Raw(String json) {}

    Commands(Hub hub, Settings settings, Sessions sessions, Recall recall) {
        this.sessions = sessions;
        this.hub = hub;
        this.settings = settings;
        this.recall = recall;
    }

    /** Does it; the result is for the receipt. */
    @Nullable
    Object handle(Peer peer, Incoming message) {
        if (message instanceof Incoming.Join join) {
            return join(peer, join);
        } else if (message instanceof Incoming.Leave leave) {
            member(peer, leave.channel()).end(Reason.LEFT);
            return null;
        } else if (message instanceof Incoming.Token token) {
            hub.gate().show(peer, token.token());
            return null;
        } else if (message instanceof Incoming.History history) {
            return new Raw(recall.asked(member(peer, history.channel()), history.data()));
        } else if (message instanceof Incoming.Presence presence) {
            return new Raw(presence(member(peer, presence.channel()), Fields.of(presence.data())));
        } else if (message instanceof Incoming.State state) {
            show(member(peer, state.channel()), Fields.of(state.data()));
            return null;
        }
        throw new Rejection(4400, "invalid_packet", ((Incoming.Malformed) message).reason());
    }

    /** Answers by itself. */
    void hello(Peer peer, Incoming.Hello hello) {
        if (!hello.token().isEmpty()) {
            hub.gate().show(peer, hello.token());
        }
        sessions.hello(peer, hello);
    }

    /** Who said hello may join again: it cannot always know that it is in. */
    private @Nullable Object join(Peer peer, Incoming.Join join) {
        if (peer.answered() != null && peer.memberships.containsKey(join.channel())) {
            return null;
        } else if (peer.memberships.containsKey(join.channel())) {
            throw new Rejection(4409, "conflict", "you are in channel \"" + join.channel() + "\" already");
        }
        return enter(peer, join.channel(), join.data());
    }

    /** What the answer to a join has to say about what was sent before; null: nothing. */
    @Nullable
    String history(Peer peer, Incoming.Join join) {
        Membership member = peer.memberships.get(join.channel());
        return member == null ? null : recall.joined(member, join.data());
    }

    private static String presence(Membership member, Fields fields) {
        String room = fields.text("room");
        member.requireIn(room);
        Attendance attendance = member.channel().attendance(room);
        if (attendance == null) {
            throw new Rejection(4403, "method_access_denied", "this channel does not tell who is here");
        } else if (fields.has("watch")) {
            attendance.watch(member.peer, fields.flag("watch"));
        }
        return attendance.list();
    }

    private void show(Membership member, Fields fields) {
        String state = fields.members().getOrDefault("state", "{}");
        int most = settings.presence().state();
        if (state.length() > most) {
            throw new Rejection(4400, "invalid_packet", "\"state\" must have at most " + most + " characters");
        }
        member.show(state);
    }

    private static Membership member(Peer peer, String channel) {
        Membership member = peer.memberships.get(channel);
        if (member == null) {
            throw new Rejection(4409, "conflict", "you are not in channel \"" + channel + "\"");
        }
        return member;
    }

    /** Lets a peer into a channel, if the channel wants that. The result greets it. */
    @Nullable
    Object enter(Peer peer, String name, String data) {
        if (!peer.pass.scope().allows(name)) {
            throw new Rejection(4403, "method_access_denied", "your token is not for this channel");
        }
        LiveChannel channel = hub.channels().acquire(name);
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
            member.end(Reason.LEFT);
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
            member.end(Reason.LOST); // it went before it was in the list that its end goes through
        }
        return greeting;
    }

    static Rejection denied(String event) {
        return new Rejection(4403, "method_access_denied", "You do not have access to \"" + event + "\"");
    }
}
