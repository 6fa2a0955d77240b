package org.pocketsocket.client;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;

/**
 * JSON as plain Java: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, and
 * {@code byte[]} for what is binary.
 */
final class Tree {

    private Tree() {}

    /** @throws IllegalArgumentException when it is no JSON */
    static @Nullable Object read(String json) {
        if (!JsonParts.isValue(json)) {
            throw new IllegalArgumentException("is no JSON");
        }
        return value(json.strip());
    }

    private static @Nullable Object value(String json) {
        return switch (json.charAt(0)) {
            case '{' -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                JsonParts.object(json).forEach((name, value) -> map.put(name, value(value)));
                yield map;
            }
            case '[' -> {
                List<@Nullable Object> list = new ArrayList<>();
                JsonParts.array(json).forEach(value -> list.add(value(value)));
                yield list;
            }
            case '"' -> JsonParts.unquote(json);
            case 't' -> true;
            case 'f' -> false;
            case 'n' -> null;
            default -> number(json);
        };
    }

    private static Object number(String json) {
        BigDecimal exact = new BigDecimal(json);
        boolean whole = json.chars().allMatch(c -> c == '-' || Character.isDigit(c)) && json.length() < 19;
        return whole ? (Object) exact.longValueExact() : (Object) exact.doubleValue();
    }

    /**
     * Writes it as JSON.
     *
     * @param binary what stands for bytes
     * @param other writes what is none of ours
     */
    static String write(@Nullable Object value, Function<byte[], String> binary, Function<Object, String> other) {
        if (value == null || value instanceof Boolean) {
            return String.valueOf(value);
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Enum) {
            return JsonParts.quote(value.toString());
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof byte[] bytes) {
            return binary.apply(bytes);
        } else if (value instanceof Payload payload) {
            return write(payload.value(), binary, other);
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> JsonParts.quote(String.valueOf(entry.getKey())) + ":"
                            + write(entry.getValue(), binary, other))
                    .collect(Collectors.joining(",", "{", "}"));
        } else if (value instanceof Iterable<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(each -> parts.add(write(each, binary, other)));
            return "[" + String.join(",", parts) + "]";
        } else if (value.getClass().isArray()) {
            return write(elements(value), binary, other);
        }
        return other.apply(value);
    }

    private static String number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            return Double.isFinite(value) ? number.toString() : "null"; // as JavaScript does
        }
        return number.toString();
    }

    private static List<@Nullable Object> elements(Object array) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(Array.get(array, i));
        }
        return elements;
    }
}
