package org.pocketsocket.frame;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a WebSocket connection, open from birth and without any I/O.
 *
 * <pre>{@code
 * var connection = new Connection(Role.SERVER);
 * connection.receive(bytes);                          // what the socket gave, cut anywhere
 * Event event = connection.next();                    // a Message, NEED_DATA or SEND_CLOSE
 * out.write(connection.send(Data.text("hello")));     // what the socket takes
 * }</pre>
 *
 * Nothing is automatic: the application answers pings and closes. One thread at a time.
 */
public final class Connection {
    /** OPEN until a close was sent or received, CLOSED once both were. */
    public enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Rules rules;
    private final Departure departure;
    private final FrameReader reader;
    private final InstantSource clock;
    private final Queue<Message> received = new ArrayDeque<>();
    private @Nullable ProtocolException violation;
    private boolean closeSent;
    private boolean closeReceived;

    public Connection(Role role) {
        this(Rules.of(role), null);
    }

    public Connection(Rules rules) {
        this(rules, null);
    }

    /** @param deflate deflates and inflates messages; whoever made it closes it */
    public Connection(Rules rules, @Nullable Deflate deflate) {
        this(rules, deflate, RANDOM::nextInt, InstantSource.system());
    }

    /** @param keys where a client's masking keys come from: RFC 6455, 5.3 wants them unpredictable */
    public Connection(Rules rules, @Nullable Deflate deflate, IntSupplier keys, InstantSource clock) {
        this.rules = rules;
        this.departure = new Departure(rules, deflate, keys);
        this.reader = new FrameReader(rules, new Inbox(), deflate);
        this.clock = clock;
    }

    public State state() {
        if (closeSent && closeReceived) {
            return State.CLOSED;
        }
        return closeSent || closeReceived ? State.CLOSING : State.OPEN;
    }

    public void receive(byte[] bytes) {
        receive(bytes, 0, bytes.length);
    }

    /** Takes bytes from the network and leaves the array as it was. After the peer's close they are ignored. */
    public void receive(byte[] bytes, int offset, int length) {
        read(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Takes all that remains in the buffer. */
    public void receive(ByteBuffer bytes) {
        byte[] own = new byte[bytes.remaining()];
        bytes.get(own);
        read(own);
    }

    /** The reader unmasks in place, so it gets bytes of its own. */
    private void read(byte[] own) {
        if (state() == State.CLOSED) {
            throw new IllegalStateException("Trying to receive data on a closed connection");
        }
        try {
            reader.read(own, 0, own.length);
        } catch (ProtocolException found) {
            violation = found;
        }
    }

    /**
     * The next message, or why there is none.
     *
     * @throws ProtocolException once, in its place behind the messages that were right: send its code in a close, and end
     */
    public Event next() {
        if (state() == State.CLOSED) {
            throw new IllegalStateException("Nothing follows on a closed connection");
        }
        Message message = received.poll();
        if (message != null) {
            closeReceived = message.type().equals("close");
            return message;
        }
        throwViolation();
        return closeReceived ? Event.Information.SEND_CLOSE : Event.Information.NEED_DATA;
    }

    /** After a violation nothing more is read, as after a close. */
    private void throwViolation() {
        if (violation != null) {
            ProtocolException found = violation;
            violation = null;
            closeReceived = true;
            throw found;
        }
    }

    /**
     * The bytes to write for this.
     *
     * @throws IllegalStateException when the state does not allow it
     * @throws IllegalArgumentException when it would break the protocol
     */
    public byte[] send(Data data) {
        boolean close = data.type().equals("close");
        if (state() == State.CLOSED) {
            throw new IllegalStateException("Trying to send data on a closed connection");
        }
        if (state() == State.CLOSING && (!close || closeSent)) {
            throw new IllegalStateException("Cannot send non-close frame in closing state, nor a second close");
        }
        byte[] frame = departure.frame(data);
        closeSent = close;
        return frame;
    }

    /** Turns what the reader tells into messages that wait. */
    private final class Inbox implements FrameHandler {
        @Override
        public void text(String text) {
            add(Frames.FIN | Frames.TEXT, text);
        }

        @Override
        public void binary(byte[] payload) {
            add(Frames.FIN | Frames.BINARY, payload);
        }

        @Override
        public void ping(byte[] payload) {
            add(Frames.FIN | Frames.PING, payload);
        }

        @Override
        public void pong(byte[] payload) {
            add(Frames.FIN | Frames.PONG, payload);
        }

        @Override
        public void close(int code, String reason) {
            add(Frames.FIN | Frames.CLOSE, new Close(code, reason));
        }

        @Override
        public void other(int first, byte[] payload) {
            add(first, payload);
        }

        private void add(int first, Object payload) {
            String type = rules.vocabulary().name(first & Frames.OPCODE);
            received.add(new Message(type, first, payload, clock.instant()));
        }
    }
}
