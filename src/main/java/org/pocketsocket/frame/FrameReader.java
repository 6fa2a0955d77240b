package org.pocketsocket.frame;

import org.jspecify.annotations.Nullable;

/**
 * Reads frames and tells a {@link FrameHandler}. Feed it what the socket gave, cut anywhere:
 *
 * <pre>{@code
 * var reader = new FrameReader(Rules.server(), handler);
 * while ((n = in.read(buffer)) > 0) {
 *     reader.read(buffer, 0, n);
 * }
 * }</pre>
 *
 * A frame that lies whole in the buffer is unmasked where it lies and costs one string or one array; only what is cut is
 * gathered. One thread at a time.
 */
public final class FrameReader {
    private final FrameHandler handler;
    private final Admission admission;
    private final boolean whole;
    private final int limit;
    private final @Nullable Deflate deflate;

    private final Header header = new Header();
    private final Assembly control = new Assembly();
    private final Assembly message = new Assembly();
    private final Utf8 utf8 = new Utf8();

    /** Of the message at hand: FIN of its latest frame, the reserved bits of all its frames, its opcode. */
    private int first;

    /** Payload still to come of the frame at hand. */
    private int missing;

    private boolean done;

    public FrameReader(Rules rules, FrameHandler handler) {
        this(rules, handler, null);
    }

    /** @param deflate inflates messages marked with RSV1, which is then its own; whoever made it closes it */
    public FrameReader(Rules rules, FrameHandler handler, @Nullable Deflate deflate) {
        this.handler = handler;
        this.admission = new Admission(rules, deflate != null);
        this.whole = rules.whole();
        this.limit = rules.limits().message();
        this.deflate = deflate;
    }

    /**
     * Reads on. Masked payloads are unmasked in the buffer itself: its content is spent afterwards. What comes after the
     * peer's close, or after a violation, is ignored.
     *
     * @throws ProtocolException when the peer broke the protocol; all that came before was delivered
     */
    public void read(byte[] buffer, int offset, int length) {
        int at = offset;
        int end = offset + length;
        try {
            while (at < end && !done) {
                at = missing == 0 ? frame(buffer, at, end) : payload(buffer, at, end);
            }
        } catch (ProtocolException violation) {
            done = true;
            throw violation;
        }
    }

    private int frame(byte[] in, int at, int end) {
        int start = header.take(in, at, end);
        if (!header.isComplete()) {
            return start;
        }
        admission.admit(header);
        int length = (int) header.length;
        if (length > end - start) {
            begin();
            missing = length;
            return start;
        }
        whole(in, start, start + length);
        return start + length;
    }

    private void whole(byte[] in, int from, int to) {
        unmask(in, from, to);
        if (Frames.isControl(header.first)) {
            control(in, from, to);
            return;
        }
        begin();
        if (header.isFinal() && header.opcode() != Frames.CONTINUATION) {
            deliver(in, from, to);
        } else {
            gather(in, from, to);
            endOfFragment();
        }
    }

    private int payload(byte[] in, int at, int end) {
        int to = at + Math.min(missing, end - at);
        unmask(in, at, to);
        header.key = Mask.after(header.key, to - at);
        missing -= to - at;
        if (Frames.isControl(header.first)) {
            control.append(in, at, to, Frames.MAX_CONTROL);
        } else {
            gather(in, at, to);
        }
        if (missing == 0) {
            endOfFrame();
        }
        return to;
    }

    private void unmask(byte[] in, int from, int to) {
        if (header.masked) {
            Mask.apply(in, from, to, header.key);
        }
    }

    /** Notes what a data frame's header says of its message. */
    private void begin() {
        if (Frames.isControl(header.first)) {
            return;
        }
        if (header.opcode() == Frames.CONTINUATION) {
            first |= header.first;
        } else {
            first = header.first;
            utf8.reset();
        }
    }

    /** Keeps a piece of payload, and looks at text at once: a fault is found at its byte, not at the message's end. */
    private void gather(byte[] in, int from, int to) {
        if (isText() && !utf8.accepts(in, from, to)) {
            throw ProtocolException.notUtf8();
        }
        message.append(in, from, to, header.isFinal() ? message.size + to - from + missing : limit);
    }

    private boolean isText() {
        return (first & (Frames.OPCODE | Frames.RESERVED)) == Frames.TEXT;
    }

    private void endOfFrame() {
        if (Frames.isControl(header.first)) {
            control(control.bytes, 0, control.size);
            control.clear();
        } else if (header.isFinal() && header.opcode() != Frames.CONTINUATION) {
            endOfMessage();
        } else {
            endOfFragment();
        }
    }

    private void endOfFragment() {
        if (!whole) {
            fragment();
        } else if (header.isFinal()) {
            endOfMessage();
        }
    }

    private void endOfMessage() {
        deliver(message.bytes, 0, message.size);
        message.clear();
    }

    private void fragment() {
        if (isText() && header.isFinal() && !utf8.isComplete()) {
            throw ProtocolException.notUtf8();
        }
        handler.other(header.first, Assembly.own(message.bytes, 0, message.size));
        message.clear();
    }

    private void deliver(byte[] bytes, int from, int to) {
        if (deflate == null || (first & Frames.RSV1) == 0) {
            message(bytes, from, to);
            return;
        }
        byte[] plain = deflate.inflate(Assembly.own(bytes, from, to), limit);
        first &= ~Frames.RSV1;
        message(plain, 0, plain.length);
    }

    private void message(byte[] bytes, int from, int to) {
        switch (first) {
            case Frames.FIN | Frames.TEXT -> handler.text(Utf8.decode(bytes, from, to));
            case Frames.FIN | Frames.BINARY -> handler.binary(Assembly.own(bytes, from, to));
            default -> handler.other(first, Assembly.own(bytes, from, to));
        }
    }

    private void control(byte[] bytes, int from, int to) {
        switch (header.first) {
            case Frames.FIN | Frames.PING -> handler.ping(Assembly.own(bytes, from, to));
            case Frames.FIN | Frames.PONG -> handler.pong(Assembly.own(bytes, from, to));
            default -> closeOrOther(bytes, from, to);
        }
    }

    private void closeOrOther(byte[] bytes, int from, int to) {
        if (header.opcode() != Frames.CLOSE) {
            handler.other(header.first, Assembly.own(bytes, from, to));
            return;
        }
        Close close = Close.parse(bytes, from, to);
        done = true;
        handler.close(close.code(), close.reason());
    }
}
