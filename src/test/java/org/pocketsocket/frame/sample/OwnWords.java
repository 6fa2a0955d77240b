package org.pocketsocket.frame.sample;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterOutputStream;
import org.pocketsocket.frame.Connection;
import org.pocketsocket.frame.Data;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.Message;
import org.pocketsocket.frame.Role;
import org.pocketsocket.frame.Rules;

/** Two frame types of our own, and compression by a reserved bit. The code is the same for both roles. */
public final class OwnWords {
    private final Connection connection;
    private final InstantSource clock;

    public OwnWords(Role role, InstantSource clock) {
        this.clock = clock;
        connection = new Connection(Rules.of(role)
                .withOpcode("time", 11) // a control frame that asks for the time
                .withOpcode("ascii", 3) // a message that promises to be ASCII
                .withReserved(Frames.RSV1)); // on a message that is deflated
    }

    public Connection connection() {
        return connection;
    }

    /** Asks for the time. */
    public byte[] askForTime() {
        return connection.send(Data.of("time", ""));
    }

    public byte[] sendAscii(String text) {
        return connection.send(Data.of("ascii", text.getBytes(US_ASCII)));
    }

    public byte[] sendDeflated(String text) throws IOException {
        return connection.send(Data.of("text", deflate(text.getBytes(UTF_8))).withReserved(Frames.RSV1));
    }

    /** The text of a message, whether it was deflated or not. */
    public String text(Message message) throws IOException {
        return message.reserved() == Frames.RSV1 ? inflate(message.bytes()) : message.text();
    }

    /** Answers "time" with a text. */
    public byte[] answer(Message message) {
        return switch (message.type()) {
            case "time" ->
                connection.send(Data.text(Long.toString(clock.instant().getEpochSecond())));
            case "ping" -> connection.send(Data.pong(message.bytes()));
            default -> new byte[0];
        };
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    private static String inflate(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var inflater = new InflaterOutputStream(out)) {
            inflater.write(bytes);
        }
        return out.toString(UTF_8);
    }
}
