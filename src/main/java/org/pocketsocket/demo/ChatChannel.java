package org.pocketsocket.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.History;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnLeave;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;
import org.pocketsocket.Room;

/**
 * The chat of the demo page: people with names, in rooms. What is said is kept by the room's history, who is where is shown
 * by the channel's presence.
 */
@History(size = 100)
@Channel(value = "chat", presence = true)
public class ChatChannel {

    private static final int PEOPLE = 1000;
    private static final String LOBBY = "lobby";

    private final Map<Member, Seat> seats = new ConcurrentHashMap<>();

    /** Who somebody is, and in which room: what the others see of a member. */
    public record Seat(String name, String room) {}

    public record Enter(@Nullable String name, @Nullable String room) {}

    public record Entered(String name, String room, List<String> people) {}

    public record Say(@Nullable String text) {}

    public record Said(String name, String text, long at) {}

    public record Receipt(long at) {}

    public record Who(String name) {}

    /** Takes a name, and goes into a room; from another one, too. */
    @On("enter")
    Entered enter(Enter wish, Member me, ChannelRef chat) {
        String room = wish.room() == null ? LOBBY : wish.room();
        Seat seat = new Seat(checked("name", wish.name(), 32), checked("room", room, 32));
        Seat before = take(me, seat);
        if (!seat.equals(before)) {
            me.rooms().forEach(me::leave);
            leave(before, chat);
            me.join(seat.room());
            me.present(seat);
            tell(chat.room(seat.room()), "joined", seat, me);
        }
        return new Entered(seat.name(), seat.room(), people(seat.room()));
    }

    @On("say")
    Receipt say(Say line, Member me, ChannelRef chat) {
        Seat seat = seat(me);
        Said said = new Said(
                seat.name(), checked("text", line.text(), 2000), Instant.now().toEpochMilli());
        chat.room(seat.room()).send("said", said);
        return new Receipt(said.at());
    }

    /** Worth nothing a moment later: whoever reads slowly does without it. */
    @RateLimit(value = 5, seconds = 5)
    @On("typing")
    void typing(Member me, ChannelRef chat) {
        Seat seat = seat(me);
        chat.room(seat.room()).except(me).sendVolatile("typing", new Who(seat.name()));
    }

    @OnLeave
    void left(Member me, ChannelRef chat) {
        leave(seats.remove(me), chat);
    }

    /** Only the latest of each name is worth anything, and none of it is history. */
    private static void tell(Room room, String event, Seat seat, Member... others) {
        room.except(others).sendLatest(event, seat.name(), new Who(seat.name()));
    }

    private static void leave(@Nullable Seat seat, ChannelRef chat) {
        if (seat != null) {
            tell(chat.room(seat.room()), "left", seat);
        }
    }

    private synchronized @Nullable Seat take(Member me, Seat seat) {
        boolean taken = seats.entrySet().stream()
                .anyMatch(e ->
                        e.getValue().name().equals(seat.name()) && !e.getKey().equals(me));
        if (taken) {
            throw new Rejection(4409, "name_taken", "somebody here is called " + seat.name() + " already");
        } else if (seats.size() >= PEOPLE) {
            throw new Rejection(4429, "too_many", "the chat is full");
        }
        return seats.put(me, seat);
    }

    private Seat seat(Member me) {
        Seat seat = seats.get(me);
        if (seat == null) {
            throw new Rejection(4403, "method_access_denied", "enter with a name first");
        }
        return seat;
    }

    private List<String> people(String room) {
        return seats.values().stream()
                .filter(seat -> seat.room().equals(room))
                .map(Seat::name)
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    private static String checked(String what, @Nullable String given, int most) {
        String text = given == null ? "" : given.strip();
        if (text.isEmpty() || text.length() > most) {
            throw new Rejection(4400, "invalid_" + what, "a " + what + " has 1 to " + most + " characters");
        }
        return text;
    }
}
