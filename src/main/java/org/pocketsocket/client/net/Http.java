package org.pocketsocket.client.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Address;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Response;

/** HTTP/1.1 on one connection that is kept: one request at a time. On the loop only. */
public final class Http {

    /** Servers hang up on idle connections; Node after five seconds. A request must not meet that. */
    private static final long FRESH = Duration.ofSeconds(3).toNanos();

    private final Route route;
    private final Cookies cookies;
    private @Nullable Line line;
    private @Nullable Exchange exchange;
    private long lastUsed;

    public Http(Route route, Cookies cookies) {
        this.route = route;
        this.cookies = cookies;
    }

    /** What to ask; {@code body} is empty where there is none. */
    public record Call(String method, Place place, Headers headers, String body, Duration patience) {}

    /** Who gets the answer. */
    public interface Reply {
        void answered(Response response, byte[] body);

        void failed(Ending why);

        /** Takes a part of a body that never ends; false to have it kept for {@link #answered}. */
        default boolean takes(Response response, byte[] bytes, int offset, int length) {
            return false;
        }
    }

    /** Asks; the call before must have ended. */
    public void call(Call call, Reply reply) {
        Exchange next = new Exchange(call, reply);
        exchange = next;
        if (line != null && System.nanoTime() - lastUsed < FRESH) {
            line.write(format(call));
            return;
        }
        hangUp();
        next.dial = Dial.to(route, call.place().address(), next);
    }

    /** Ends without a word to anybody. */
    public void close() {
        if (exchange != null) {
            exchange.abandon();
        }
        hangUp();
    }

    /** Reads no more of the answer, or again. */
    public void pause(boolean paused) {
        if (line != null) {
            line.pause(paused);
        }
    }

    private void hangUp() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    private byte[] format(Call call) {
        Headers headers = Headers.of("Host", authority(call.place().address()))
                .with(call.headers())
                .with(route.headers())
                .with(cookies.header());
        byte[] body = call.body().getBytes(UTF_8);
        if (call.method().equals("POST")) {
            headers = headers.with("Content-Length", String.valueOf(body.length));
        }
        byte[] head = new Request(call.method(), call.place().address().target(), "HTTP/1.1", headers).format();
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static String authority(Address address) {
        boolean usual = address.port() == (address.secure() ? 443 : 80);
        String place = new Place(address).toString();
        return usual ? place.substring(0, place.lastIndexOf(':')) : place;
    }

    /** The text of a body. */
    public static String text(byte[] body) {
        return new String(body, UTF_8);
    }

    /** One request and its answer; afterwards it minds the idle line. */
    private final class Exchange implements Line.Ear {

        private final Call call;
        private final Reply reply;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final HttpReader reader = new HttpReader(this::part);
        private final Loop.Timer timer;
        private @Nullable Dial dial;
        private boolean over;

        Exchange(Call call, Reply reply) {
            this.call = call;
            this.reply = reply;
            long millis = call.patience().toMillis();
            timer = route.loop()
                    .after(call.patience(), () -> late(Ending.late(place(), "did not answer the request", millis)));
        }

        private void late(Ending why) {
            end(line == null ? why : why.elsewhere());
        }

        private String place() {
            return call.place().toString();
        }

        @Override
        public void opened(Line opened) {
            line = opened;
            opened.write(format(call));
        }

        /** The line's ear stays that of the call that opened it; the call at hand is the one that reads. */
        @Override
        public void received(byte[] bytes, int offset, int length) {
            if (exchange != null) {
                exchange.read(bytes, offset, length);
            }
        }

        @Override
        public void ended(Ending why) {
            line = null;
            if (exchange != null) {
                exchange.lost(why);
            }
        }

        private void read(byte[] bytes, int offset, int length) {
            if (over) {
                hangUp();
                return;
            }
            try {
                reader.receive(bytes, offset, length);
            } catch (HandshakeException | IllegalArgumentException e) {
                end(Ending.handshake(place(), String.valueOf(e.getMessage())));
            }
            if (reader.isDone() && !over) {
                done();
            }
        }

        private void part(byte[] bytes, int offset, int length) {
            Response response = reader.response().orElseThrow();
            if (reply.takes(response, bytes, offset, length)) {
                timer.cancel();
            } else if (body.size() + length > route.message()) {
                throw new IllegalArgumentException("its answer is larger than " + route.message() + " bytes");
            } else {
                body.write(bytes, offset, length);
            }
        }

        private void done() {
            over = true;
            timer.cancel();
            lastUsed = System.nanoTime();
            if (!reader.keepsAlive()) {
                hangUp();
            }
            Response response = reader.response().orElseThrow();
            cookies.note(response.headers());
            reply.answered(response, body.toByteArray());
        }

        private void lost(Ending why) {
            if (!over && reader.end()) {
                done();
            } else {
                end(why);
            }
        }

        private void end(Ending why) {
            if (!over) {
                abandon();
                hangUp();
                reply.failed(why);
            }
        }

        private void abandon() {
            over = true;
            timer.cancel();
            if (dial != null) {
                dial.cancel();
            }
        }
    }
}
