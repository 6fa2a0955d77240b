package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/** A message received, or one fragment of it. */
public final class Message implements Event {
    private static final int SHOWN = 9;

    private final String type;
    private final int first;
    private final Object payload;
    private final Instant time;

    /** @param payload a String, a byte[] or a {@link Close}: what the reader made of it, without a copy */
    Message(String type, int first, Object payload, Instant time) {
        this.type = type;
        this.first = first;
        this.payload = payload;
        this.time = time;
    }

    /** The opcode's name: text, binary, ping, pong, close, continuation or the application's own. */
    public String type() {
        return type;
    }

    /** The payload as text, of a close its reason. A fragment may end inside a character: join the bytes first. */
    public String text() {
        if (payload instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        return payload instanceof Close close ? close.reason() : (String) payload;
    }

    /** The payload as it was sent. */
    public byte[] bytes() {
        if (payload instanceof byte[] bytes) {
            return bytes;
        }
        return payload instanceof Close close ? close.payload() : text().getBytes(UTF_8);
    }

    /** False for a fragment that others follow. */
    public boolean fin() {
        return (first & Frames.FIN) != 0;
    }

    /** The reserved bits that are set, of {@code RSV1 | RSV2 | RSV3}: in any of the message's frames. */
    public int reserved() {
        return first & Frames.RESERVED;
    }

    /** Of a close: its code, {@link Close#NO_CODE} when there was none. */
    public int code() {
        return close().code();
    }

    /** Of a close: its reason, which may be empty. */
    public String reason() {
        return close().reason();
    }

    /** When it was received. */
    public Instant time() {
        return time;
    }

    private Close close() {
        if (payload instanceof Close close) {
            return close;
        }
        throw new IllegalStateException("Only a close has a code and a reason, not " + this);
    }

    @Override
    public String toString() {
        String text = text();
        return type + ": " + text.substring(0, Math.min(text.length(), SHOWN));
    }
}
