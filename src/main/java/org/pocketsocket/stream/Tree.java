package org.pocketsocket.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;

/** Writes maps, lists and plain values as JSON; {@link Raw} is written as it stands. */
final class Tree {

    private final StringBuilder json = new StringBuilder();

    private Tree() {}

    /** An object of names and values, in turn. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tree.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return tree;
    }

    static String json(@Nullable Object value) {
        Tree tree = new Tree();
        tree.write(value);
        return tree.json.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            members(map);
        } else if (value instanceof Iterable<?> values) {
            elements(values);
        } else {
            json.append(plain(value));
        }
    }

    private static String plain(@Nullable Object value) {
        if (value instanceof Raw raw) {
            return raw.json();
        }
        boolean bare = value instanceof Number || value instanceof Boolean || value == null;
        return bare ? String.valueOf(value) : JsonParts.quote(String.valueOf(value));
    }

    private void members(Map<?, ?> map) {
        json.append('{');
        map.forEach((name, value) -> {
            json.append(json.charAt(json.length() - 1) == '{' ? "" : ",").append(JsonParts.quote(String.valueOf(name)));
            json.append(':');
            write(value);
        });
        json.append('}');
    }

    private void elements(Iterable<?> values) {
        json.append('[');
        String comma = "";
        for (Object value : values) {
            json.append(comma);
            write(value);
            comma = ",";
        }
        json.append(']');
    }
}
