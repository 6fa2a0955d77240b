package org.pocketsocket.message;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says in the body of a request, where it has no WebSocket.
 *
 * @param session empty: it wants a new one
 * @param ack the number of the last message it has; 0 if it does not say
 * @param batch the number of these messages; 0 without any
 * @param close it is going
 */
public record Post(Optional<String> session, long ack, long batch, List<String> messages, boolean close) {

    /** An array of texts, and no more. */
    private static final int DEPTH = 1;

    private static final int DIGITS = 15;

    /**
     * Reads a body.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    public static Post read(String body) {
        Map<String, String> members = new HashMap<>();
        if (new JsonObjectScanner(body, DEPTH, members::put).scan() != 0) {
            throw new IllegalArgumentException("the body must be a JSON object, not nested deeper than \"messages\"");
        }
        List<String> messages = texts(members.getOrDefault("messages", "[]"));
        long batch = number(members, "batch");
        if (!messages.isEmpty() && batch == 0) {
            throw new IllegalArgumentException("\"messages\" need the number of their \"batch\", 1 for the first");
        }
        return new Post(
                Optional.ofNullable(members.get("session")).map(Post::text),
                number(members, "ack"),
                batch,
                messages,
                members.getOrDefault("close", "false").equals("true"));
    }

    private static List<String> texts(String json) {
        if (json.charAt(0) != '[') {
            throw new IllegalArgumentException("\"messages\" must be an array of texts");
        }
        return JsonScanner.elements(json).stream().map(Post::text).toList();
    }

    private static String text(String json) {
        if (json.charAt(0) != '"') {
            throw new IllegalArgumentException("\"session\" and each of \"messages\" must be a text");
        }
        return JsonText.unquote(json);
    }

    private static long number(Map<String, String> members, String name) {
        String value = members.getOrDefault(name, "0");
        if (value.length() > DIGITS || !value.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("\"" + name + "\" must be a number from 0 on");
        }
        return Long.parseLong(value);
    }
}
