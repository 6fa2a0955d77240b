package org.pocketsocket.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One object of each type; takes no memory before the first. */
final class Bag {

    private @Nullable Map<Class<?>, Object> objects;

    synchronized <T> T get(Class<T> type, Supplier<T> initial) {
        if (objects == null) {
            objects = new HashMap<>();
        }
        Object known = objects.get(type);
        if (known == null) {
            known = initial.get();
            objects.put(type, known);
        }
        return type.cast(known);
    }
}
