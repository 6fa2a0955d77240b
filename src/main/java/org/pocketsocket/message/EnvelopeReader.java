package org.pocketsocket.message;

import org.jspecify.annotations.Nullable;

/** Reads one text as an envelope: finds {@code id}, {@code message} and {@code data}, and parses nothing else. */
final class EnvelopeReader {

    private static final String OURS = "socket";

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
        if (channel.equals(OURS) && (event.equals("join") || event.equals("leave"))) {
            return coming(event.equals("join"));
        }
        return new Incoming.Envelope(id, channel, event, data, text);
    }

    private Incoming coming(boolean join) {
        String[] channel = new String[1];
        new JsonObjectScanner(
                        data, limits.depth(), (name, value) -> channel[0] = name.equals("channel") ? value : channel[0])
                .scan();
        if (channel[0] == null || channel[0].charAt(0) != '"') {
            return malformed("\"data\" must name a channel: {\"channel\":\"chat\"}");
        }
        String name = JsonText.unquote(channel[0]);
        return join ? new Incoming.Join(id, name, data, text) : new Incoming.Leave(id, name, text);
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
