package org.pocketsocket.stream;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;

/** Writes maps, lists and plain values as JSON; {@link Raw} is written as it stands. */
final class Tree {

    private final StringBuilder json = new StringBuilder();

    private Tree() {}

    static String json(@Nullable Object value) {
        Tree tree = new Tree();
        tree.write(value);
        return tree.json.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof Raw raw) {
            json.append(raw.json());
        } else if (value instanceof Map<?, ?> map) {
            members(map);
        } else if (value instanceof Iterable<?> values) {
            elements(values);
        } else if (value instanceof Number || value instanceof Boolean || value == null) {
            json.append(value);
        } else {
            json.append(JsonParts.quote(value.toString()));
        }
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
