package org.pocketsocket.message;

import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Payloads to and from Java, by JSON-B, {@code byte[]} as {@link Bytes}; the commonest, text and {@linkplain PlainRecord
 * plain records}, without it. Thread-safe.
 */
public final class Json implements AutoCloseable {

    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withAdapters(new Bytes()));
    private final Map<Class<?>, Optional<PlainRecord>> records = new ConcurrentHashMap<>();

    /**
     * A value as JSON.
     *
     * @throws IllegalArgumentException when JSON-B cannot write it
     */
    public String write(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String text) {
            return JsonText.quote(text);
        } else if (value instanceof Raw raw) {
            return raw.json();
        }
        PlainRecord plain = plain(value.getClass());
        String json = plain == null ? null : plain.write(value);
        return json == null ? bound(value) : json;
    }

    private String bound(Object value) {
        try {
            return JsonText.wellFormed(jsonb.toJson(value));
        } catch (JsonbException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }

    /**
     * JSON as a value; a JSON string's text when the type is {@code String}.
     *
     * @throws IllegalArgumentException when it does not fit the type
     */
    public @Nullable Object read(String json, Type type) {
        PlainRecord plain = type instanceof Class<?> wanted ? plain(wanted) : null;
        Object value = plain == null ? null : plain.read(json);
        return value == null ? bound(json, type) : value;
    }

    private @Nullable Object bound(String json, Type type) {
        Object value;
        try {
            value = jsonb.<@Nullable Object>fromJson(json, type);
        } catch (JsonbException e) {
            throw new IllegalArgumentException("does not fit " + type.getTypeName(), e);
        }
        if (type instanceof Class<?> wanted && !fits(value, wanted)) {
            throw new IllegalArgumentException("does not fit " + type.getTypeName());
        }
        return value;
    }

    /** The same for a class; a primitive's, too, which could cast nothing itself. */
    @SuppressWarnings("unchecked") // read() gives what fits
    public <T> @Nullable T read(String json, Class<T> type) {
        return (T) read(json, (Type) type);
    }

    private @Nullable PlainRecord plain(Class<?> type) {
        return type.isRecord() ? records.computeIfAbsent(type, PlainRecord::of).orElse(null) : null;
    }

    /** JSON-B passes null for a primitive, and any JSON value for any type of jakarta.json. */
    private static boolean fits(@Nullable Object value, Class<?> wanted) {
        return wanted.isPrimitive() ? value != null : value == null || wanted.isInstance(value);
    }

    /**
     * The values of an array, each as JSON.
     *
     * @throws IllegalArgumentException when it is no array
     */
    public List<String> values(String json) {
        return JsonScanner.elements(json);
    }

    /** Does now what JSON-B puts off until its first use: half a second of a small machine. */
    public void warmUp() {
        read(write(List.of(new Bytes.Shown())), JsonValue.class);
    }

    @Override
    public void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new IllegalStateException(e); // closing a Jsonb has nothing to fail at
        }
    }
}
