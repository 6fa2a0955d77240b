package org.pocketsocket.client;

import static org.pocketsocket.client.ClientException.Kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.message.JsonParts;

/**
 * What is said and heard: memberships, questions that wait for answers, messages that wait for a connection. Outlives
 * connections. On the loop only; the face is told on the handler thread.
 */
final class Traffic {

    private static final int QUESTIONS = 4096;
    private static final String LOST =
            "The connection was lost before the answer came; whether it was handled is not known";

    private final Loop loop;
    private final Serial serial;
    private final ClientOptions options;
    private final Face face;
    private final boolean joinsFirst;
    private final Map<String, Membership> memberships = new LinkedHashMap<>();
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Backlog backlog;
    private long lastId;
    private @Nullable Talk talk;
    private @Nullable ClientException over;

    Traffic(Ground ground, Face face) {
        this.loop = ground.loop();
        this.serial = ground.serial();
        this.options = ground.options();
        this.face = face;
        this.backlog = new Backlog(options.queueLimit, options.queueExpiry);
        this.joinsFirst = ground.dialect().joinsFirst();
    }

    /** The server is ready: join again, ask again what may be asked again, send what has waited. */
    void welcome(Talk with, boolean resumed) {
        talk = with;
        List<Pending> open = List.copyOf(pending.values());
        List<Membership> again = new ArrayList<>(memberships.values());
        for (Pending each : open) {
            if (each.say instanceof Say.Join join) {
                again.remove(memberships.get(join.channel()));
                each.sent = transmit(each.say);
            } else if (each.sent && resumed) {
                transmit(each.say); // the server knows by the id whether it has handled it
            } else if (each.sent) {
                fail(each, ClientException.of(Kind.UNREACHABLE, LOST));
            }
        }
        again.forEach(this::join);
        flush();
    }

    /** The connection is gone. What was asked waits for the next one, and what that says. */
    void lost() {
        talk = null;
        memberships.values().forEach(member -> member.joined = false);
    }

    /** There will be none any more. */
    void end(ClientException why) {
        over = why;
        talk = null;
        backlog.clear();
        List<Pending> open = new ArrayList<>(pending.values());
        open.forEach(each -> fail(each, why));
    }

    /** A fresh id: never used again by this client. */
    long nextId() {
        do {
            lastId++;
        } while (pending.containsKey(lastId));
        return lastId;
    }

    void say(Say what) {
        letIn(what);
        if (over == null && !transmit(what) && !enqueue(what)) {
            fault(full());
        }
    }

    /** The first event to a channel joins it, as it does in pocket. */
    private void letIn(Say what) {
        if (joinsFirst && over == null && what instanceof Say.Event && !memberships.containsKey(what.channel())) {
            join(memberships.computeIfAbsent(what.channel(), Membership::new));
        }
    }

    /** Says it, and hands out the answer, or why there is none, on the handler thread. */
    void ask(Say what, Consumer<Heard.Answered> done, Consumer<ClientException> failed) {
        boolean full = pending.size() >= QUESTIONS || pending.containsKey(what.id());
        ClientException no = over != null ? over : full ? full() : null;
        if (no != null) {
            loop.workers().execute(() -> failed.accept(no.here()));
            return;
        }
        letIn(what);
        Loop.Timer timer = loop.after(options.answerTimeout, () -> late(what.id()));
        Pending asked = new Pending(what, done, failed, timer);
        pending.put(what.id(), asked);
        asked.sent = transmit(what);
        if (!asked.sent && !enqueue(what)) {
            fail(asked, full());
        }
    }

    private static ClientException full() {
        return ClientException.of(Kind.FULL, "Too much waits to be sent or answered already");
    }

    void join(String channel, Map<String, String> data, Consumer<Heard.Answered> done, Consumer<ClientException> no) {
        Membership member = memberships.computeIfAbsent(channel, Membership::new);
        member.data = data;
        ask(member.join(nextId()), done, no);
    }

    void leave(String channel, Consumer<Heard.Answered> done, Consumer<ClientException> no) {
        Membership member = memberships.remove(channel);
        if (talk != null && member != null) {
            Heard.Answered out = new Heard.Answered(0, List.of(), Map.of());
            boolean sure = member.joined; // else it goes behind a join that may be refused yet
            ask(new Say.Leave(channel, nextId()), done, sure ? no : why -> serial.execute(() -> done.accept(out)));
            return;
        }
        withdraw(channel);
        serial.execute(() -> done.accept(new Heard.Answered(0, List.of(), Map.of())));
    }

    /** Nobody wants in any more. */
    private void withdraw(String channel) {
        List<Pending> open = List.copyOf(pending.values());
        open.stream()
                .filter(each ->
                        each.say instanceof Say.Join join && join.channel().equals(channel))
                .forEach(each ->
                        fail(each, ClientException.of(Kind.CLOSED, "The channel was left before it was joined")));
    }

    /** Shows the server a new token. */
    void token(String fresh) {
        Map<String, String> data = Map.of("token", JsonParts.quote(fresh));
        ask(new Say.Command("", "token", data, nextId()), done -> {}, this::fault);
    }

    private void join(Membership member) {
        ask(member.join(nextId()), joined -> {}, this::fault);
    }

    private boolean transmit(Say what) {
        if (talk == null || !mayHear(what)) {
            return false;
        }
        talk.say(what);
        return true;
    }

    /** Some servers end the connection of who speaks to a channel before it was let in. */
    private boolean mayHear(Say what) {
        if (!joinsFirst || what instanceof Say.Join || what instanceof Say.Leave) {
            return true;
        }
        Membership member = memberships.get(what.channel());
        return member != null && member.joined;
    }

    /** Events wait for a connection. Answers are of no use on another one, and joins are in mind already. */
    private boolean enqueue(Say what) {
        if (!(what instanceof Say.Event || what instanceof Say.Command)) {
            return true;
        }
        return backlog.add(what);
    }

    private void flush() {
        backlog.flush(what -> {
            Pending asked = pending.get(what.id());
            boolean late = what.id() != 0 && asked == null;
            boolean gone = late || transmit(what);
            if (asked != null) {
                asked.sent = gone;
            }
            return gone;
        });
    }

    void heard(Heard what) {
        if (what instanceof Heard.Event event) {
            Membership member = memberships.get(event.channel());
            deliver(event.channel(), member == null ? only(event) : member.streams.live(event));
        } else if (what instanceof Heard.Answered answer) {
            answered(answer);
        } else if (what instanceof Heard.Failed failure) {
            failed(failure);
        } else if (what instanceof Heard.Left left) {
            Membership member = memberships.remove(left.channel());
            if (member != null) {
                serial.execute(() -> face.left(left.channel(), ClientException.of(Kind.CLOSED, left.reason())));
            }
        }
    }

    private static Streams.Next only(Heard.Event event) {
        return new Streams.Next(List.of(event), List.of(), null);
    }

    private void answered(Heard.Answered answer) {
        Pending asked = pending.remove(answer.id());
        if (asked == null) {
            serial.execute(() -> face.stray(answer));
            return;
        }
        asked.timer.cancel();
        Membership member = asked.say instanceof Say.Join ? memberships.get(asked.say.channel()) : null;
        serial.execute(() -> asked.done.accept(answer));
        if (member != null) {
            joined(member, Pocket.objectOf(answer.all().get("history")));
        }
    }

    private void joined(Membership member, Map<String, String> history) {
        boolean again = member.wasJoined;
        member.joined = true;
        member.wasJoined = true;
        serial.execute(() -> face.joined(member.channel, again));
        deliver(member.channel, history.isEmpty() ? member.streams.without() : member.streams.caughtUp(history));
        flush();
    }

    private void failed(Heard.Failed failure) {
        Pending asked = pending.get(failure.id());
        if (asked == null) {
            fault(failure.why());
            return;
        }
        if (asked.say instanceof Say.Join join) {
            memberships.remove(join.channel());
        }
        fail(asked, failure.why());
    }

    private void deliver(String channel, Streams.Next next) {
        next.deliver().forEach(event -> serial.execute(() -> face.event(event)));
        next.gaps().forEach(room -> serial.execute(() -> face.gap(channel, room)));
        if (next.fetch() != null) {
            fetch(channel, next.fetch());
        }
    }

    /** Something is missing though the connection held: asks for it. */
    private void fetch(String channel, String room) {
        Membership member = memberships.computeIfAbsent(channel, Membership::new);
        ask(
                member.streams.missing(room, nextId()),
                answer -> loop.execute(() -> deliver(
                        channel,
                        member.streams.caughtUp(
                                Map.of(room, answer.args().get(0).json())))),
                why -> loop.execute(() -> deliver(channel, member.streams.lost(room))));
    }

    /** Where nobody waits for an answer. Who has closed the client knows that nothing comes any more. */
    private void fault(ClientException why) {
        if (over == null) {
            serial.execute(() -> face.fault(why));
        }
    }

    private void late(long id) {
        Pending asked = pending.get(id);
        if (asked != null) {
            long millis = options.answerTimeout.toMillis();
            pending.remove(id);
            if (asked.say instanceof Say.Join && asked.sent) { // still wanted: its events wait for the answer
                pending.put(id, new Pending(asked.say, joined -> {}, this::fault, asked.timer));
            }
            ClientException why = ClientException.of(Kind.TIMEOUT, "No answer within " + millis + " ms");
            loop.workers().execute(() -> asked.failed.accept(why)); // the handler thread may be waiting for this
        }
    }

    private void fail(Pending asked, ClientException why) {
        pending.remove(asked.say.id());
        asked.timer.cancel();
        loop.workers().execute(() -> asked.failed.accept(why.here()));
    }
}
