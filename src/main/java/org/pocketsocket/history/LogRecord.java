package org.pocketsocket.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a history's file is made of. */
sealed interface LogRecord {

    /** A server has begun to write; {@code boot} names the run of the operating system, and is empty where that is not known. */
    record Opened(String boot) implements LogRecord {}

    /** It has ended as it should: all is written. */
    record Closed() implements LogRecord {}

    /** A stream ends there; what was before is not kept, but for what the file has. */
    record End(StreamName stream, Place place) implements LogRecord {}

    /**
     * An event was sent.
     *
     * @param size events of the stream that are kept
     * @param at milliseconds since 1970
     */
    record Sent(StreamName stream, Place place, int size, long at, String event, String data) implements LogRecord {}

    /** As it stands in the file. */
    default byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Opened opened) {
                out.writeByte('o');
                text(out, opened.boot);
            } else if (this instanceof End end) {
                out.writeByte('e');
                place(out, end.stream, end.place);
            } else if (this instanceof Sent sent) {
                out.writeByte('s');
                place(out, sent.stream, sent.place);
                out.writeInt(sent.size);
                out.writeLong(sent.at);
                text(out, sent.event);
                text(out, sent.data);
            } else {
                out.writeByte('c');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    /**
     * Reads one.
     *
     * @throws IOException when it is none
     */
    static LogRecord of(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        byte kind = in.readByte();
        return switch (kind) {
            case 'o' -> new Opened(text(in));
            case 'c' -> new Closed();
            case 'e' -> new End(stream(in), place(in));
            case 's' -> new Sent(stream(in), place(in), in.readInt(), in.readLong(), text(in), text(in));
            default -> throw new IOException("a record of kind " + kind);
        };
    }

    private static void place(DataOutputStream out, StreamName stream, Place place) throws IOException {
        text(out, stream.channel());
        text(out, stream.room());
        text(out, place.epoch());
        out.writeLong(place.offset());
    }

    private static StreamName stream(DataInputStream in) throws IOException {
        return new StreamName(text(in), text(in));
    }

    private static Place place(DataInputStream in) throws IOException {
        return new Place(text(in), in.readLong());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
