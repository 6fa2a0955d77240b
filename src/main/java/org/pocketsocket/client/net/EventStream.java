package org.pocketsocket.client.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Reads Server-Sent Events (HTML Living Standard, 9.2.6), cut anywhere, without any I/O. */
public final class EventStream {

    private final int most;
    private final Ear ear;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private String name = "";
    private String id = "";
    private boolean afterReturn;

    /** Gets the events. */
    public interface Ear {
        /** Gets one; the name is empty where it has none. */
        void event(String name, String id, String data);
    }

    /** An event has so many characters at most, and a line as many bytes. */
    public EventStream(int most, Ear ear) {
        this.most = most;
        this.ear = ear;
    }

    /**
     * Reads on.
     *
     * @throws IllegalArgumentException when an event is too large
     */
    public void receive(byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at++) {
            byte next = bytes[at];
            boolean second = afterReturn && next == '\n';
            afterReturn = next == '\r';
            if (!second) {
                take(next);
            }
        }
    }

    private void take(byte next) {
        if (next == '\n' || next == '\r') {
            String text = line.toString(UTF_8);
            line.reset();
            line(text);
        } else {
            line.write(next);
            check(line.size());
        }
    }

    private void check(int size) {
        if (size > most) {
            throw new IllegalArgumentException("an event is larger than " + most + " bytes");
        }
    }

    private void line(String text) {
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + 1);
        field(field, value.startsWith(" ") ? value.substring(1) : value);
    }

    /** A comment is a field without a name, and means nothing, as all others do. */
    private void field(String field, String value) {
        switch (field) {
            case "event" -> name = value;
            case "id" -> id = value;
            case "data" -> {
                data.append(value).append('\n');
                check(data.length());
            }
            default -> {}
        }
    }

    private void dispatch() {
        if (!data.isEmpty()) {
            String text = data.substring(0, data.length() - 1);
            data.setLength(0);
            ear.event(name, id, text);
        }
        name = "";
    }
}
