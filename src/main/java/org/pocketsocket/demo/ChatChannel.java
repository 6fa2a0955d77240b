package org.pocketsocket.demo;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/** The chat of the demo page: people with names, and the last lines for who comes late. */
@Channel("chat")
public class ChatChannel {

    private static final int RECENT = 50;
    private static final int PEOPLE = 1000;

    private final Map<Member, String> names = new ConcurrentHashMap<>();
    private final Deque<Said> recent = new ArrayDeque<>();

    public record Enter(@Nullable String name) {}

    public record Entered(String name, List<String> people, List<Said> recent) {}

    public record Say(@Nullable String text) {}

    public record Said(String name, String text, long at) {}

    public record Receipt(long at) {}

    public record People(List<String> people) {}

    public record Who(String name) {}

    @On("enter")
    Entered enter(Enter wish, Member me, ChannelRef chat) {
        String name = wish.name() == null ? "" : wish.name().strip();
        if (name.isEmpty() || name.length() > 32) {
            throw new Rejection(4400, "invalid_name", "a name has 1 to 32 characters");
        }
        synchronized (names) {
            if (!name.equals(names.get(me)) && names.containsValue(name)) {
                throw new Rejection(4409, "name_taken", "somebody here is called " + name + " already");
            } else if (names.size() >= PEOPLE) {
                throw new Rejection(4429, "too_many", "the chat is full");
            }
            names.put(me, name);
        }
        chat.except(me).send("joined", new Who(name));
        chat.send("people", new People(people()));
        return new Entered(name, people(), recent());
    }

    @On("say")
    Receipt say(Say line, Member me, ChannelRef chat) {
        String text = line.text() == null ? "" : line.text().strip();
        if (text.isEmpty() || text.length() > 2000) {
            throw new Rejection(4400, "invalid_text", "a line has 1 to 2000 characters");
        }
        Said said = new Said(nameOf(me), text, Instant.now().toEpochMilli());
        remember(said);
        chat.except(me).send("said", said);
        return new Receipt(said.at());
    }

    @On("typing")
    void typing(Member me, ChannelRef chat) {
        chat.except(me).send("typing", new Who(nameOf(me)));
    }

    @OnLeave
    void left(Member me, ChannelRef chat) {
        String name = names.remove(me);
        if (name != null) {
            chat.send("left", new Who(name));
            chat.send("people", new People(people()));
        }
    }

    private String nameOf(Member me) {
        String name = names.get(me);
        if (name == null) {
            throw new Rejection(4403, "method_access_denied", "enter with a name first");
        }
        return name;
    }

    private List<String> people() {
        return names.values().stream().sorted(String.CASE_INSENSITIVE_ORDER).toList();
    }

    private void remember(Said said) {
        synchronized (recent) {
            recent.add(said);
            if (recent.size() > RECENT) {
                recent.remove();
            }
        }
    }

    private List<Said> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }
}
