package org.pocketsocket.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Once;
import org.pocketsocket.message.Raw;

/** Sends what is posted to whom it is for, and keeps it for those who are away. Thread-safe. */
final class Mailroom {

    /** The channel whose rooms are channelstream's channels. */
    static final String CHANNEL = "stream";

    private final Hub hub;
    private final Directory directory;
    private final int longest;
    private final Once<String> once;
    private final LongAdder posted = new LongAdder();
    private final LongAdder sent = new LongAdder();

    /**
     * @param longest characters of one item
     * @param once what was posted with which key
     */
    Mailroom(Hub hub, Directory directory, int longest, Once<String> once) {
        this.hub = hub;
        this.directory = directory;
        this.longest = longest;
        this.once = once;
    }

    /** Says no to one that is too long. */
    Item fitting(Item item) {
        if (item.length() > longest - 2) {
            throw Refused.field(Item.MESSAGE, "Longer than " + longest + " characters of JSON.");
        }
        return item;
    }

    /** Messages that had a target, since the start. */
    long posted() {
        return posted.sum();
    }

    /** How often they were sent. */
    long sent() {
        return sent.sum();
    }

    /** Sends a message to its target, if it has one. What it is. */
    Raw post(Item item, Target to) {
        if (to.exists()) {
            posted.increment();
            sent.add(send(item, to));
        }
        return item.normal(to);
    }

    /** The same, unless a message with this key went to that channel, or to users, lately. */
    Raw postOnce(String key, Item item, Target to) {
        Once.Key name = new Once.Key(CHANNEL, to.channel().orElse(""), key);
        Optional<String> before = once.run(name, item.uuid(), () -> post(item, to));
        return before.map(first -> item.repeated(to, first)).orElseGet(() -> item.normal(to));
    }

    /** How many get it. */
    int send(Item item, Target to) {
        if (to.channel().isEmpty()) {
            return to.chosen().stream().mapToInt(user -> sendTo(user, item)).sum();
        }
        String name = to.channel().get();
        Optional<Topic> topic = directory.topic(name);
        if (topic.isEmpty()) {
            Place.find(hub, name).ifPresent(ours -> ours.send(item, to)); // who hears it there is not counted
        }
        return topic.map(known -> send(item, known, to)).orElse(0);
    }

    /** Whether this name means a channel of ours. */
    boolean isOurs(String name) {
        return directory.topic(name).isEmpty() && Place.find(hub, name).isPresent();
    }

    private int sendTo(String user, Item item) {
        return directory
                .person(user)
                .map(person -> {
                    person.direct().keep(item);
                    return send(item, person.connections());
                })
                .orElse(0);
    }

    private static int send(Item item, Collection<Connection> connections) {
        Raw list = list(item);
        List<Member> members = members(connections.stream());
        members.forEach(member -> member.send(StreamCodec.EVENT, list));
        return members.size();
    }

    int send(Item item, Topic topic, Target to) {
        Instant now = directory.clocks().time().instant();
        topic.active(now);
        topic.frames().keep(item);
        if (item.isMessage() && !to.noHistory() && to.only().isEmpty()) {
            topic.history().keep(item);
        }
        return to.only().isEmpty()
                ? sendToAll(item, topic, to.except())
                : send(
                        item,
                        to.chosen().stream()
                                .flatMap(user -> topic.of(user).stream())
                                .toList());
    }

    private int sendToAll(Item item, Topic topic, Set<String> except) {
        List<Member> out =
                except.isEmpty() ? List.of() : members(except.stream().flatMap(user -> topic.of(user).stream()));
        ChannelRef channel = hub.of(CHANNEL);
        Audience audience = out.isEmpty()
                ? channel.room(topic.name())
                : channel.room(topic.name()).except(out.toArray(Member[]::new));
        audience.send(StreamCodec.EVENT, list(item));
        return topic.connections() - out.size();
    }

    private static Raw list(Item item) {
        return new Raw('[' + item.json() + ']');
    }

    private static List<Member> members(Stream<Connection> connections) {
        List<Member> members = new ArrayList<>();
        connections.forEach(connection -> {
            Member member = connection.member();
            if (member != null) {
                members.add(member);
            }
        });
        return members;
    }

    // ---- changes

    /** Changes a message wherever it is kept, and tells what it is now, or what is said of it if it is not kept. */
    Raw edit(Item change, Target to, Map<String, String> members) {
        String key = Item.key(Item.MESSAGE, change.uuid());
        Item known = change;
        for (Memory.Shelf shelf : shelves(to)) {
            known = shelf.replace(key, item -> fitting(item.with(members))).orElse(known);
        }
        Item told = known.as("message:edit");
        send(told, to);
        return told.normal(to);
    }

    /** Forgets the message that this is about, and tells of it. */
    Raw delete(Item about, Target to) {
        shelves(to).forEach(shelf -> shelf.remove(Item.key(Item.MESSAGE, about.uuid())));
        send(about, to);
        return about.normal(to);
    }

    private List<Memory.Shelf> shelves(Target to) {
        List<Memory.Shelf> shelves = new ArrayList<>();
        to.channel().flatMap(directory::topic).ifPresent(topic -> {
            shelves.add(topic.frames());
            shelves.add(topic.history());
        });
        if (to.channel().isEmpty()) {
            to.only().forEach(user -> directory.person(user).map(Person::direct).ifPresent(shelves::add));
        }
        return shelves;
    }

    // ---- for who was away

    /** Those of these items that are kept where this connection could have seen them, as JSON. */
    List<String> kept(Connection connection, Collection<String> keys) {
        List<Memory.Shelf> shelves = new ArrayList<>();
        shelves.add(connection.person().direct());
        connection.topics().forEach(topic -> shelves.add(topic.frames()));
        return keys.stream()
                .flatMap(key -> shelves.stream()
                        .flatMap(shelf -> shelf.get(key).stream())
                        .limit(1))
                .map(Item::late)
                .toList();
    }
}
