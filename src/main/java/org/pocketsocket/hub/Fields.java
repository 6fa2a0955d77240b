package org.pocketsocket.hub;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.history.Place;
import org.pocketsocket.message.JsonParts;

/**
 * What a client says to the server in {@code data}, an object. What is there and has another type than it should is
 * refused with 4400.
 */
record Fields(Map<String, String> members) {

    static Fields of(String json) {
        try {
            return new Fields(JsonParts.object(json));
        } catch (IllegalArgumentException e) {
            throw wrong("\"data\" must be an object, nested at most 64 deep");
        }
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Empty when it is not there. */
    String text(String name) {
        String json = members.getOrDefault(name, "\"\"");
        check(json.startsWith("\""), name, "a text");
        return JsonParts.unquote(json);
    }

    boolean flag(String name) {
        String json = members.getOrDefault(name, "false");
        check(json.equals("true") || json.equals("false"), name, "true or false");
        return json.equals("true");
    }

    /** A number that counts something; 0 when it is not there. */
    long number(String name) {
        String json = members.getOrDefault(name, "0");
        check(json.matches("\\d{1,18}"), name, "a whole number");
        return Long.parseLong(json);
    }

    /** Null when it is not there. */
    @Nullable
    Place place(String name) {
        return object(name, fields -> new Place(fields.text("epoch"), fields.number("offset")));
    }

    /** An object in it; null when it is not there. */
    <T> @Nullable T object(String name, Function<Fields, T> reader) {
        String json = members.getOrDefault(name, "null");
        if (json.equals("null")) {
            return null;
        }
        check(json.startsWith("{"), name, "an object");
        return reader.apply(of(json));
    }

    private static void check(boolean good, String name, String kind) {
        if (!good) {
            throw wrong("\"" + name + "\" must be " + kind);
        }
    }

    private static Rejection wrong(String sentence) {
        return new Rejection(4400, "invalid_packet", sentence);
    }
}
