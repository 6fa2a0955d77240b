package org.pocketsocket.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one text as an envelope: finds {@code id}, {@code message} and {@code data}, and parses nothing else. */
final class EnvelopeReader {

    private static final String OURS = "socket";
    /** What may be shown of messages with secrets in them. */
    private static final String WITHOUT_TOKEN = "{\"message\":\"socket.token\"}";

    private static final String HELLO = "{\"message\":\"socket.hello\"}";

    private final String text;
    private final WireLimits limits;
    private String id = "null";
    private @Nullable String message;
    private String data = "{}";

    EnvelopeReader(String text, WireLimits limits) {
        this.text = text;
        this.limits = limits;
    }

    Incoming read() {
        int result = new JsonObjectScanner(text, limits.depth(), this::member).scan();
        if (result == JsonScanner.INVALID) {
            return new Incoming.Plain(Integer.toString(text.length()), false, text);
        } else if (!isId(id)) {
            id = "null";
            return malformed("\"id\" must be a string or a number of at most " + limits.id() + " characters");
        } else if (result == JsonScanner.TOO_DEEP) {
            return malformed("JSON is nested more than " + limits.depth() + " deep");
        } else if (message == null) {
            return new Incoming.Plain(id, true, text);
        }
        return named(message);
    }

    private void member(String name, String value) {
        switch (name) {
            case "id" -> id = value;
            case "message" -> message = value;
            case "data" -> data = value;
            default -> {} // not ours
        }
    }

    private Incoming named(String quoted) {
        if (quoted.charAt(0) != '"') {
            return malformed("\"message\" must be a string");
        }
        String name = JsonText.unquote(quoted);
        if (name.isEmpty() || name.length() > limits.message()) {
            return malformed("\"message\" must have 1 to " + limits.message() + " characters");
        }
        int dot = name.indexOf('.');
        String channel = dot < 0 ? name : name.substring(0, dot);
        String event = dot < 0 ? "" : name.substring(dot + 1);
        return channel.equals(OURS) ? ours(event) : new Incoming.Envelope(id, channel, event, data, text);
    }

    /** What clients say to the server itself; the rest of that channel is for relaying. */
    private Incoming ours(String event) {
        return switch (event) {
            case "join", "leave", "history", "presence", "state" -> {
                String channel = text("channel");
                yield channel == null ? nameless() : about(channel, event);
            }
            case "token" -> {
                String token = text("token");
                yield token == null
                        ? new Incoming.Malformed(id, "\"data\" must have a text \"token\"", WITHOUT_TOKEN)
                        : new Incoming.Token(id, token, WITHOUT_TOKEN);
            }
            case "hello" -> new Incoming.Hello(id, orEmpty(text("resume")), orEmpty(text("token")), HELLO);
            case "answer" -> new Incoming.Answer(id, data, text);
            case "refuse" -> new Incoming.Refusal(id, Objects.requireNonNullElse(text("reason"), "no"), text);
            default -> new Incoming.Envelope(id, OURS, event, data, text);
        };
    }

    private Incoming about(String channel, String event) {
        return switch (event) {
            case "join" -> new Incoming.Join(id, channel, data, text);
            case "leave" -> new Incoming.Leave(id, channel, text);
            case "history" -> new Incoming.History(id, channel, data, text);
            case "presence" -> new Incoming.Presence(id, channel, data, text);
            default -> new Incoming.State(id, channel, data, text);
        };
    }

    private static String orEmpty(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private Incoming nameless() {
        return malformed("\"data\" must name a channel: {\"channel\":\"chat\"}");
    }

    /** The text that {@code data}, an object, has under this name. */
    private @Nullable String text(String wanted) {
        String[] found = new String[1];
        new JsonObjectScanner(data, limits.depth(), (name, value) -> found[0] = name.equals(wanted) ? value : found[0])
                .scan();
        return found[0] == null || found[0].charAt(0) != '"' ? null : JsonText.unquote(found[0]);
    }

    private boolean isId(String value) {
        char first = value.charAt(0);
        boolean scalar = first == '"' || first == '-' || Character.isDigit(first) || value.equals("null");
        int quotes = first == '"' ? 2 : 0;
        return scalar && value.length() <= limits.id() + quotes;
    }

    private Incoming malformed(String reason) {
        return new Incoming.Malformed(id, reason, text);
    }
}
