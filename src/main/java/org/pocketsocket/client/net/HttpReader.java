package org.pocketsocket.client.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Response;

/**
 * Reads one HTTP/1.1 response, cut anywhere, without any I/O: the head, then the body by its length, in chunks, or until
 * the end of the connection (RFC 9112, 6.3).
 */
final class HttpReader {

    private static final int LINE = 1024;

    private final Body body;
    private HeadReader head = new HeadReader();
    private final StringBuilder line = new StringBuilder();
    private @Nullable Response response;
    private State state = State.HEAD;
    private long missing;

    private enum State {
        HEAD,
        LENGTH,
        SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_END,
        DONE
    }

    /** Gets the body's pieces; each array is spent when this returns. */
    interface Body {
        void part(byte[] bytes, int offset, int length);
    }

    HttpReader(Body body) {
        this.body = body;
    }

    /** The head, once it is there. */
    Optional<Response> response() {
        return Optional.ofNullable(response);
    }

    boolean isDone() {
        return state == State.DONE;
    }

    /** Whether the connection is good for another request. */
    boolean keepsAlive() {
        return isDone() && response != null && !response.headers().hasToken("Connection", "close");
    }

    /** The connection ended: whether the response was complete. */
    boolean end() {
        state = state == State.UNTIL_END ? State.DONE : state;
        return isDone();
    }

    /** @throws HandshakeException when it is no HTTP */
    void receive(byte[] bytes, int offset, int length) {
        if (state != State.HEAD) {
            body(bytes, offset, offset + length);
        } else if (head.receive(bytes, offset, length)) {
            Response answer = head.response();
            byte[] rest = head.rest();
            if (answer.status() / 100 == 1 && answer.status() != 101) { // not the answer yet (RFC 9110, 15.2)
                head = new HeadReader();
                receive(rest, 0, rest.length);
                return;
            }
            response = answer;
            state = begin(answer);
            body(rest, 0, rest.length);
        }
    }

    private State begin(Response answer) {
        if (answer.headers().hasToken("Transfer-Encoding", "chunked")) {
            return State.SIZE;
        }
        Optional<String> length = answer.headers().first("Content-Length");
        if (answer.status() == 204 || answer.status() == 304) {
            return State.DONE;
        } else if (length.isEmpty()) {
            return State.UNTIL_END;
        }
        missing = number(length.get(), 10);
        return missing == 0 ? State.DONE : State.LENGTH;
    }

    private void body(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && state != State.DONE) {
            at = switch (state) {
                case LENGTH, CHUNK -> piece(bytes, at, end);
                case UNTIL_END -> {
                    body.part(bytes, at, end - at);
                    yield end;
                }
                default -> line(bytes, at);
            };
        }
    }

    private int piece(byte[] bytes, int at, int end) {
        int length = (int) Math.min(missing, end - at);
        body.part(bytes, at, length);
        missing -= length;
        if (missing == 0) {
            state = state == State.LENGTH ? State.DONE : State.CHUNK_END;
        }
        return at + length;
    }

    private int line(byte[] bytes, int at) {
        if (bytes[at] == '\n') {
            String text = line.toString().strip();
            line.setLength(0);
            state = next(text);
        } else if (line.length() == LINE) {
            throw new IllegalArgumentException("a line of the body's framing is too long");
        } else {
            line.append(new String(bytes, at, 1, ISO_8859_1));
        }
        return at + 1;
    }

    private State next(String text) {
        if (state == State.CHUNK_END) {
            return State.SIZE;
        } else if (state == State.TRAILER) {
            return text.isEmpty() ? State.DONE : State.TRAILER;
        }
        missing = number(text.replaceFirst(";.*", "").strip(), 16);
        return missing == 0 ? State.TRAILER : State.CHUNK;
    }

    private static long number(String text, int radix) {
        if (text.length() > 15 || !text.matches("[0-9a-fA-F]+")) {
            throw new IllegalArgumentException("the length of the body is no number");
        }
        return Long.parseLong(text, radix);
    }
}
