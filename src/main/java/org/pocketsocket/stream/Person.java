package org.pocketsocket.stream;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.pocketsocket.message.Raw;

/** A user: remembered for a while without any connection. State is guarded by the {@link Directory}. */
final class Person {

    static final int ONLINE = 1;

    private final String name;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet(2);

    /** What was sent to the user, and to no channel. */
    private final Memory.Shelf direct;

    private final Map<String, String> state = new TreeMap<>();
    private final Set<String> allowed = new LinkedHashSet<>();
    private Set<String> publicKeys = Set.of();
    private int status = ONLINE;
    private volatile long active;

    Person(String name, Memory.Shelf direct, long now) {
        this.name = name;
        this.direct = direct;
        this.active = now;
    }

    String name() {
        return name;
    }

    Set<Connection> connections() {
        return connections;
    }

    Memory.Shelf direct() {
        return direct;
    }

    void active(long now) {
        active = now;
    }

    long lastActive() {
        return active;
    }

    int status() {
        return status;
    }

    void status(int other) {
        status = other;
    }

    // ---- state

    void publish(List<String> keys) {
        publicKeys = new LinkedHashSet<>(keys);
    }

    Set<String> publicKeys() {
        return publicKeys;
    }

    /** Merges; the changes. */
    Map<String, String> change(Map<String, String> values) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(state.get(entry.getKey())));
        state.putAll(changed);
        return changed;
    }

    Map<String, Raw> state() {
        return raw(state);
    }

    Map<String, Raw> publicState() {
        Map<String, Raw> shown = raw(state);
        shown.keySet().retainAll(publicKeys);
        return shown;
    }

    /** How many states it has with these. */
    int states(Map<String, String> more) {
        Set<String> names = new LinkedHashSet<>(state.keySet());
        names.addAll(more.keySet());
        return names.size();
    }

    private static Map<String, Raw> raw(Map<String, String> values) {
        Map<String, Raw> raw = new TreeMap<>();
        values.forEach((key, value) -> raw.put(key, new Raw(value)));
        return raw;
    }

    // ---- what it may join by itself

    /** Its own connections may join these channels from now on; the oldest of too many are forgotten. */
    void allow(List<String> channels, int most) {
        allowed.removeAll(channels);
        allowed.addAll(channels);
        Iterator<String> oldest = List.copyOf(allowed).iterator();
        while (allowed.size() > most) {
            allowed.remove(oldest.next());
        }
    }

    void forbid(List<String> channels) {
        allowed.removeAll(channels);
    }

    List<String> allowed(List<String> channels) {
        List<String> accepted = new ArrayList<>(new LinkedHashSet<>(channels));
        accepted.retainAll(allowed);
        return accepted;
    }
}
