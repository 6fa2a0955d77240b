package org.pocketsocket.stream;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.settings.StreamSettings;

/**
 * Everybody and everything that channelstream's API knows of. Looking up needs no lock; whoever changes anything holds
 * this object's, and takes no other but the {@link Memory}'s and the hub's inside.
 */
final class Directory {

    final Memory memory;
    final StreamSettings.Most most;
    private final Clocks clocks;
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    /** @param nanos for ages, which no change of the time of day touches */
    record Clocks(InstantSource time, LongSupplier nanos) {}

    Directory(StreamSettings.Most most, Clocks clocks) {
        this.memory = new Memory(most.memory());
        this.most = most;
        this.clocks = clocks;
    }

    Clocks clocks() {
        return clocks;
    }

    long now() {
        return clocks.nanos.getAsLong();
    }

    // ---- looking up

    Optional<Person> person(String name) {
        return Optional.ofNullable(people.get(name));
    }

    Optional<Topic> topic(String name) {
        return Optional.ofNullable(topics.get(name));
    }

    Optional<Connection> connection(String id) {
        return Optional.ofNullable(connections.get(id));
    }

    Collection<Person> people() {
        return Collections.unmodifiableCollection(people.values());
    }

    Collection<Topic> topics() {
        return Collections.unmodifiableCollection(topics.values());
    }

    Collection<Connection> connections() {
        return Collections.unmodifiableCollection(connections.values());
    }

    // ---- changing

    /** Says no where there would be too many. */
    void requireRoom(String user, Collection<String> channels, boolean connection) {
        long fresh = channels.stream().filter(name -> !topics.containsKey(name)).count();
        if (connection && connections.size() >= most.connections()) {
            throw Refused.with(503, "There are too many connections");
        } else if (!user.isEmpty() && !people.containsKey(user) && people.size() >= most.people()) {
            throw Refused.with(503, "There are too many users");
        } else if (topics.size() + fresh > most.channels()) {
            throw Refused.with(503, "There are too many channels");
        }
    }

    Person person(String name, Map<String, String> freshState) {
        return people.computeIfAbsent(name, n -> {
            Person person = new Person(n, memory.shelf(most.direct()), now());
            person.change(freshState);
            return person;
        });
    }

    /** The topic, made with these options if it is new. */
    Topic topic(String name, @Nullable Options options) {
        return topics.computeIfAbsent(name, n -> {
            Topic topic = new Topic(n, memory, most.frames(), clocks.time.instant());
            topic.configure(options == null ? Options.DEFAULT : options);
            return topic;
        });
    }

    void add(Connection connection) {
        connections.put(connection.id(), connection);
        connection.person().connections().add(connection);
    }

    /** False: it is not there any more. */
    boolean remove(Connection connection) {
        connection.person().connections().remove(connection);
        return connections.remove(connection.id(), connection);
    }

    /** Forgets users and channels that nobody has asked for in this time. */
    void forget(StreamSettings.Times times) {
        long idle = times.people().toNanos();
        List.copyOf(people.values()).stream()
                .filter(person -> person.connections().isEmpty() && now() - person.lastActive() > idle)
                .forEach(this::forget);
        Instant last = clocks.time.instant().minus(times.channels());
        List.copyOf(topics.values()).stream()
                .filter(topic -> topic.isEmpty() && topic.lastActive().isBefore(last))
                .forEach(this::forget);
    }

    private void forget(Person person) {
        people.remove(person.name());
        memory.clear(List.of(person.direct()));
    }

    private void forget(Topic topic) {
        topics.remove(topic.name());
        memory.clear(List.of(topic.frames(), topic.history()));
    }
}
