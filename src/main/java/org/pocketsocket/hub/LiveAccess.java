package org.pocketsocket.hub;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Access;

/** A member's list; null is none, and everything is allowed. */
final class LiveAccess implements Access {

    private final @Nullable Set<String> initial;
    private @Nullable Set<String> list;

    LiveAccess(@Nullable Set<String> initial) {
        this.initial = initial;
        this.list = initial;
    }

    @Override
    public synchronized void allow(String... events) {
        Set<String> longer = list == null ? new HashSet<>() : new HashSet<>(list);
        longer.addAll(Arrays.asList(events));
        list = longer;
    }

    @Override
    public synchronized void deny(String event) {
        if (list == null) {
            throw new IllegalStateException("there is no list to take \"" + event + "\" off: everything is allowed");
        }
        Set<String> shorter = new HashSet<>(list);
        shorter.remove(event);
        list = shorter;
    }

    @Override
    public synchronized void lift() {
        list = null;
    }

    @Override
    public synchronized void reset() {
        list = initial;
    }

    @Override
    public synchronized boolean allows(String event) {
        return list == null || list.contains(event);
    }
}
