package org.pocketsocket.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Member;

/** What channelstream does: who is connected, who is in which channel, and who is told of that. Thread-safe. */
final class Channelstream {

    /** States a user may have. */
    private static final int MOST_STATES = 100;

    private final Directory directory;
    private final Mailroom mailroom;
    private final Notices notices;
    private final Arrivals arrivals;
    private final int mostRooms;

    /** Brings connections into the hub. */
    interface Arrivals {

        /** Makes it a member of the channel {@code stream}. */
        void enter(Connection connection, String address);
    }

    /** @param mostRooms channels that one connection may be in */
    Channelstream(Directory directory, Mailroom mailroom, Arrivals arrivals, int mostRooms) {
        this.directory = directory;
        this.mailroom = mailroom;
        this.notices = new Notices(directory, mailroom);
        this.arrivals = arrivals;
        this.mostRooms = mostRooms;
    }

    /** What is wanted of a new connection. */
    record Wish(
            String user,
            String id,
            List<String> channels,
            Map<String, String> freshState,
            Map<String, String> state,
            Optional<List<String>> publicKeys,
            Map<String, Options> options) {

        static Wish of(Fields fields, int mostHistory) {
            return new Wish(
                    fields.userOrElse(),
                    fields.text("conn_id", Fields.CHANNEL)
                            .orElseGet(() -> UUID.randomUUID().toString()),
                    fields.channels(),
                    fields.plain("fresh_user_state"),
                    fields.plain("user_state"),
                    fields.texts("state_public_keys", Fields.CHANNEL),
                    configs(fields, mostHistory));
        }
    }

    /** How channels that are made by this call are to be configured. */
    static Map<String, Options> configs(Fields fields, int mostHistory) {
        Map<String, Options> options = new LinkedHashMap<>();
        fields.object("channel_configs")
                .map(Fields::objects)
                .orElse(Map.of())
                .forEach((name, config) -> options.put(name, Options.DEFAULT.with(config, mostHistory)));
        return options;
    }

    // ---- connections

    /** @param address whoever asks for it */
    Connection connect(Wish wish, String address) {
        synchronized (directory) {
            Optional<Connection> known = directory.connection(wish.id);
            requireRoom(wish, known);
            Person person = directory.person(wish.user, wish.freshState);
            wish.publicKeys.ifPresent(person::publish);
            person.change(wish.state);
            person.active(directory.now());
            Connection connection = known.orElseGet(() -> add(wish.id, person, address));
            subscribe(connection, wish.channels, wish.options);
            return connection;
        }
    }

    private Connection add(String id, Person person, String address) {
        Connection connection = new Connection(id, person, directory.now());
        directory.add(connection);
        arrivals.enter(connection, address);
        return connection;
    }

    private void requireRoom(Wish wish, Optional<Connection> known) {
        if (known.isPresent() && !known.get().user().equals(wish.user)) {
            throw Refused.with(409, "This conn_id is another user's");
        }
        directory.requireRoom(wish.user, wish.channels, known.isEmpty());
        requireRooms(known.orElse(null), wish.channels);
        Map<String, String> states = new LinkedHashMap<>(wish.freshState);
        states.putAll(wish.state);
        requireStates(directory.person(wish.user), states);
    }

    private void requireRooms(@Nullable Connection connection, Collection<String> channels) {
        Set<String> all = new LinkedHashSet<>(channels);
        if (connection != null) {
            all.addAll(connection.channels());
        }
        if (all.size() > mostRooms) {
            throw Refused.with(400, "A connection may be in " + mostRooms + " channels");
        }
        requireTheirs(all);
    }

    private void requireTheirs(Collection<String> channels) {
        Optional<String> ours = channels.stream().filter(mailroom::isOurs).findFirst();
        if (ours.isPresent()) {
            throw Refused.with(400, ours.get() + " is a channel of the application's own: only messages go there");
        }
    }

    private static void requireStates(Optional<Person> person, Map<String, String> values) {
        int count = person.map(known -> known.states(values)).orElse(values.size());
        if (count > MOST_STATES) {
            throw Refused.field("user_state", "A user may have " + MOST_STATES + " states.");
        }
    }

    /** Somebody came by another door, as a user; empty if no backend has announced that. */
    Optional<Connection> enter(String user, Member member) {
        synchronized (directory) {
            directory.requireRoom("", List.of(), true);
            Optional<Connection> connection =
                    directory.person(user).map(person -> new Connection(member.id(), person, directory.now()));
            connection.ifPresent(guest -> {
                guest.entered(member);
                directory.add(guest);
            });
            return connection;
        }
    }

    /** It is gone, for good. */
    void leave(Connection connection) {
        synchronized (directory) {
            List.copyOf(connection.topics()).forEach(topic -> part(connection, topic));
            directory.remove(connection);
        }
    }

    // ---- channels

    /** Puts it into these channels, which are made where they are not there; those that are new to it, sorted. */
    List<String> subscribe(Connection connection, Collection<String> channels, Map<String, Options> options) {
        synchronized (directory) {
            requireRooms(connection, channels);
            directory.requireRoom(connection.user(), channels, false);
            connection.person().allow(List.copyOf(channels), mostRooms);
            List<String> fresh = new ArrayList<>();
            for (String name : new LinkedHashSet<>(channels)) {
                if (join(connection, directory.topic(name, options.get(name)))) {
                    fresh.add(name);
                }
            }
            return fresh.stream().sorted().toList();
        }
    }

    private boolean join(Connection connection, Topic topic) {
        Member member = connection.member();
        if (member == null || !connection.topics().add(topic)) {
            return false;
        }
        boolean first = topic.of(connection.user()).isEmpty();
        topic.add(connection);
        member.join(topic.name());
        notices.joined(topic, connection.person(), first);
        return true;
    }

    /** Takes it out of these channels; those that it was in, sorted. */
    List<String> unsubscribe(Connection connection, Collection<String> channels) {
        synchronized (directory) {
            List<String> left = channels.stream()
                    .distinct()
                    .sorted()
                    .filter(name -> part(connection, name))
                    .toList();
            connection.person().forbid(List.copyOf(channels));
            return left;
        }
    }

    private boolean part(Connection connection, String name) {
        return directory.topic(name).filter(topic -> part(connection, topic)).isPresent();
    }

    private boolean part(Connection connection, Topic topic) {
        Member member = connection.member();
        if (member == null || !connection.topics().remove(topic)) {
            return false;
        }
        topic.remove(connection);
        member.leave(topic.name());
        notices.parted(topic, connection.person());
        return true;
    }

    /** Its own wish, by another door: only what a backend has allowed. */
    List<String> join(Connection connection, List<String> channels) {
        synchronized (directory) {
            List<String> accepted = connection.person().allowed(channels);
            subscribe(connection, accepted, Map.of());
            return accepted;
        }
    }

    /** Its own wish, by another door; those that it was in. */
    List<String> leave(Connection connection, List<String> channels) {
        synchronized (directory) {
            return channels.stream()
                    .distinct()
                    .filter(name -> part(connection, name))
                    .toList();
        }
    }

    void configure(Map<String, Fields> configs) {
        synchronized (directory) {
            directory.requireRoom("", configs.keySet(), false);
            requireTheirs(configs.keySet());
            Map<String, Options> changed = new LinkedHashMap<>();
            configs.forEach((name, config) -> {
                Options now = directory.topic(name).map(Topic::options).orElse(Options.DEFAULT);
                changed.put(name, now.with(config, directory.most.history()));
            });
            changed.forEach((name, options) -> directory.topic(name, options).configure(options));
        }
    }

    // ---- users

    /** No effect on a user that nobody knows. */
    void status(String user, int status) {
        synchronized (directory) {
            directory.person(user).ifPresent(person -> {
                person.status(status);
                person.active(directory.now());
            });
        }
    }

    /** Merges states; the changes. */
    Map<String, String> state(Person person, Map<String, String> values, Optional<List<String>> publicKeys) {
        synchronized (directory) {
            requireStates(Optional.of(person), values);
            publicKeys.ifPresent(person::publish);
            Map<String, String> changed = person.change(values);
            person.active(directory.now());
            if (!changed.isEmpty()) {
                notices.changed(person, changed);
            }
            return changed;
        }
    }
}
