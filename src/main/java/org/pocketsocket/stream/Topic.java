package org.pocketsocket.stream;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What channelstream calls a channel: a room of the channel {@code stream}, with options. Changed under the {@link
 * Directory}'s lock, read without.
 */
final class Topic {

    private final String name;
    private final String uuid = Item.newUuid();
    private final Map<String, Set<Connection>> users = new ConcurrentHashMap<>();
    private final Memory.Shelf frames;
    private final Memory.Shelf history;
    private final int mostFrames;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Options options = Options.DEFAULT;
    private volatile Instant active;

    Topic(String name, Memory memory, int mostFrames, Instant now) {
        this.name = name;
        this.frames = memory.shelf(mostFrames);
        this.history = memory.shelf(0);
        this.mostFrames = mostFrames;
        this.active = now;
    }

    String name() {
        return name;
    }

    String uuid() {
        return uuid;
    }

    Options options() {
        return options;
    }

    void configure(Options other) {
        options = other;
        history.resize(other.kept());
        frames.resize(other.storeFrames() ? mostFrames : 0);
    }

    /** All that was sent lately, for those who were away. */
    Memory.Shelf frames() {
        return frames;
    }

    Memory.Shelf history() {
        return history;
    }

    void active(Instant now) {
        active = now;
    }

    Instant lastActive() {
        return active;
    }

    // ---- who is in it

    /** False if it is in it already. */
    boolean add(Connection connection) {
        boolean fresh = users.computeIfAbsent(connection.user(), user -> ConcurrentHashMap.newKeySet(2))
                .add(connection);
        if (fresh) {
            connections.incrementAndGet();
        }
        return fresh;
    }

    void remove(Connection connection) {
        users.computeIfPresent(connection.user(), (user, devices) -> {
            if (devices.remove(connection)) {
                connections.decrementAndGet();
            }
            return devices.isEmpty() ? null : devices;
        });
    }

    /** The connections of a user in it. */
    Set<Connection> of(String user) {
        return users.getOrDefault(user, Set.of());
    }

    Set<String> users() {
        return users.keySet();
    }

    Stream<Connection> all() {
        return users.values().stream().flatMap(Set::stream);
    }

    int connections() {
        return connections.get();
    }

    boolean isEmpty() {
        return users.isEmpty();
    }
}
