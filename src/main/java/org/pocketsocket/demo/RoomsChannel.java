package org.pocketsocket.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/** Rooms that people open, talk in, and invite each other to. Who is invited is asked, and may say no. */
@Channel("rooms")
public class RoomsChannel {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<Member, Seat> seats = new ConcurrentHashMap<>();

    /** Who somebody is, and in which room; at first in none, the empty name. */
    public record Seat(String name, String room) {}

    public record Named(@Nullable String name) {}

    public record Line(@Nullable String text) {}

    public record Said(String name, String text) {}

    public record Answer(boolean accepted) {}

    @On("enter")
    synchronized List<Seat> enter(Named wish, Member me, ChannelRef rooms) {
        String name = checked(wish.name(), 32);
        if (seats.entrySet().stream()
                .anyMatch(e -> e.getValue().name().equals(name) && !e.getKey().equals(me))) {
            throw new Rejection(4409, "name_taken", "somebody here is called " + name + " already");
        }
        me.rooms().forEach(me::leave);
        seats.put(me, new Seat(name, ""));
        rooms.send("seats", seats.values());
        return List.copyOf(seats.values());
    }

    /** Opens a room, or enters it; and leaves the one before. */
    @On("go")
    synchronized void go(Named wish, Member me, ChannelRef rooms) {
        seats.put(me, new Seat(seat(me).name(), checked(wish.name(), 32)));
        me.rooms().forEach(me::leave);
        me.join(seat(me).room());
        rooms.send("seats", seats.values());
    }

    @On("say")
    void say(Line line, Member me, ChannelRef rooms) {
        Seat seat = seat(me);
        String text = checked(line.text(), 500);
        rooms.room(checked(seat.room(), 32)).send("said", new Said(seat.name(), text));
    }

    /** Asks who is invited, and acknowledges when the answer is there. No thread waits for it. */
    @On("invite")
    CompletionStage<Answer> invite(Named guest, Member me, ChannelRef rooms) {
        Named room = new Named(checked(seat(me).room(), 32));
        Member asked = find(checked(guest.name(), 32));
        return asked.ask("invited?", seat(me), Boolean.class, PATIENCE).thenApply(yes -> {
            if (Boolean.TRUE.equals(yes)) {
                go(room, asked, rooms); // refuses when it left meanwhile
            }
            return new Answer(Boolean.TRUE.equals(yes));
        });
    }

    @OnLeave
    synchronized void left(Member me, ChannelRef rooms) {
        seats.remove(me);
        rooms.send("seats", seats.values());
    }

    private Seat seat(Member me) {
        Seat seat = seats.get(me);
        if (seat == null) {
            throw new Rejection(4403, "not_here", "enter with a name first");
        }
        return seat;
    }

    private Member find(String name) {
        return seats.entrySet().stream()
                .filter(seat -> seat.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new Rejection(4404, "nobody", "nobody here is called " + name));
    }

    private static String checked(@Nullable String text, int most) {
        String given = text == null ? "" : text.strip();
        if (given.isEmpty() || given.length() > most) {
            throw new Rejection(4400, "invalid_text", "1 to " + most + " characters, please");
        }
        return given;
    }
}
