package org.pocketsocket.client;

import static org.pocketsocket.client.ClientException.Kind;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;

/**
 * What a message carries: JSON, with bytes in it where somebody put some. It is read when it is asked for.
 *
 * <pre>{@code
 * payload.as(Said.class)     // a class of one's own, by JSON-B
 * payload.map().get("text")  // a plain map
 * payload.as(byte[].class)   // bytes
 * }</pre>
 */
public final class Payload {

    /** Carries nothing. */
    static final Payload NULL = new Payload("null", List.of());

    /** Not plain. */
    private static final Object OTHER = new Object();

    private static final String BASE64 = "base64";
    private static final String PLACEHOLDER = "_placeholder";

    private final String text;
    private final List<byte[]> attachments;

    /**
     * As it came, or is to be sent.
     *
     * @param text JSON with a placeholder for each attachment, as Socket.IO has them
     */
    Payload(String text, List<byte[]> attachments) {
        this.text = text;
        this.attachments = attachments;
    }

    /**
     * A value as payload: text, numbers, booleans, null, maps, lists, arrays and {@code byte[]} as they are; everything
     * else by JSON-B.
     *
     * @throws ClientException when JSON-B is needed and missing, or cannot write it
     */
    public static Payload of(@Nullable Object value) {
        if (value instanceof Payload payload) {
            return payload;
        }
        List<byte[]> attachments = new ArrayList<>();
        String text = Tree.write(
                value,
                bytes -> {
                    attachments.add(bytes);
                    return placeholder(attachments.size() - 1);
                },
                Typed::write);
        return new Payload(text, attachments);
    }

    /**
     * JSON as it is.
     *
     * @throws ClientException when it is none
     */
    public static Payload ofJson(String json) {
        if (!JsonParts.isValue(json)) {
            throw ClientException.of(Kind.PAYLOAD, "A payload is no JSON");
        }
        return new Payload(json.strip(), List.of());
    }

    static String placeholder(int number) {
        return "{\"_placeholder\":true,\"num\":" + number + "}";
    }

    /** As JSON; bytes as {@code {"base64":"…"}}. */
    public String json() {
        return attachments.isEmpty() ? text : written(bytes -> "{\"base64\":\"" + base64(bytes) + "\"}");
    }

    /** Its JSON with placeholders. */
    String text() {
        return text;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    private String written(Function<byte[], String> binary) {
        return Tree.write(value(), binary, Typed::write);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** As plain Java: {@code Map}, {@code List}, {@code String}, {@code Long}, {@code Double}, {@code Boolean}, null, bytes. */
    public @Nullable Object value() {
        Object tree = Tree.read(text);
        return attachments.isEmpty() ? tree : filled(tree);
    }

    private @Nullable Object filled(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return isPlaceholder(map) ? attachment(map) : filledMap(map);
        } else if (tree instanceof List<?> list) {
            List<@Nullable Object> filled = new ArrayList<>();
            list.forEach(each -> filled.add(filled(each)));
            return filled;
        }
        return tree;
    }

    private Map<String, @Nullable Object> filledMap(Map<?, ?> map) {
        Map<String, @Nullable Object> filled = new LinkedHashMap<>();
        map.forEach((name, value) -> filled.put(String.valueOf(name), filled(value)));
        return filled;
    }

    private static boolean isPlaceholder(Map<?, ?> map) {
        return Boolean.TRUE.equals(map.get(PLACEHOLDER)) && map.get("num") instanceof Long;
    }

    private byte[] attachment(Map<?, ?> placeholder) {
        long number = placeholder.get("num") instanceof Long found ? found : -1;
        if (number < 0 || number >= attachments.size()) {
            throw ClientException.of(Kind.PAYLOAD, "A payload names bytes that did not come");
        }
        return attachments.get((int) number);
    }

    /**
     * As a map.
     *
     * @throws ClientException when it is no JSON object
     */
    @SuppressWarnings("unchecked") // a tree's maps have text as keys
    public Map<String, @Nullable Object> map() {
        if (value() instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw ClientException.of(Kind.PAYLOAD, "A payload is no JSON object");
    }

    /**
     * As a class: plain Java's as they are, everything else by JSON-B.
     *
     * @throws ClientException when it does not fit, or JSON-B is needed and missing
     */
    @SuppressWarnings("unchecked") // as(Type) gives what fits
    public <T> @Nullable T as(Class<T> type) {
        return (T) as((Type) type);
    }

    /**
     * The same for a type with parameters, as {@code List<Line>}.
     *
     * @throws ClientException when it does not fit, or JSON-B is needed and missing
     */
    public @Nullable Object as(Type type) {
        if (type == Payload.class) {
            return this;
        }
        Object plain = type instanceof Class<?> wanted ? plain(value(), wanted) : OTHER;
        return plain == OTHER ? Typed.read(attachments.isEmpty() ? text : written(Arrays::toString), type) : plain;
    }

    /** What can be had without JSON-B. */
    private static @Nullable Object plain(@Nullable Object value, Class<?> type) {
        if ((value == null && !type.isPrimitive()) || type.isInstance(value)) {
            return value;
        } else if (value instanceof Number number && Numbers.fits(type)) {
            return Numbers.as(number, type);
        } else if (type == boolean.class && value instanceof Boolean) {
            return value;
        } else if (type == byte[].class && value instanceof Map<?, ?> map && map.get(BASE64) instanceof String bytes) {
            return Base64.getDecoder().decode(bytes);
        } else if (type == String.class || type == byte[].class || Numbers.fits(type)) {
            throw ClientException.of(Kind.PAYLOAD, "A payload does not fit " + type.getTypeName());
        }
        return OTHER;
    }

    /** Its JSON. */
    @Override
    public String toString() {
        return json();
    }
}
