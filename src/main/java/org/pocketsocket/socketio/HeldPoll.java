package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.servlet.Answer;

/**
 * A poll that no thread waits for. What is there at once is answered at once, by the thread that it came on. The rest is
 * not answered before that thread has left for certain: Payara and GlassFish use request and response for a little longer
 * than they should, and another request may have them then.
 */
final class HeldPoll implements Poll {

    private static final Duration MOMENT = Duration.ofMillis(5);

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final BiConsumer<Duration, Runnable> timer;
    private final Consumer<Poll> broken;
    private UnaryOperator<String> dress = UnaryOperator.identity();
    private String type = "text/plain;charset=UTF-8";
    private @Nullable Answer held;
    private @Nullable Runnable early;
    private long since;

    HeldPoll(
            HttpServletRequest request,
            HttpServletResponse response,
            BiConsumer<Duration, Runnable> timer,
            Consumer<Poll> broken) {
        this.request = request;
        this.response = response;
        this.timer = timer;
        this.broken = broken;
    }

    /** What is answered comes as this. */
    HeldPoll as(String contentType, UnaryOperator<String> dressed) {
        type = contentType;
        dress = dressed;
        return this;
    }

    @Override
    public void answer(String body) {
        end(HttpServletResponse.SC_OK, dress.apply(body).getBytes(UTF_8));
    }

    @Override
    public void answer(byte[] body) {
        synchronized (this) {
            type = "application/octet-stream";
        }
        end(HttpServletResponse.SC_OK, body);
    }

    @Override
    public void refuse() {
        end(HttpServletResponse.SC_BAD_REQUEST, No.REQUEST.json().getBytes(UTF_8));
    }

    /** To be called last by the thread that the request came on: answers it, or lets it wait. */
    synchronized void settle() throws IOException {
        if (early != null) {
            early.run();
        } else {
            since = System.nanoTime();
            Answer answer = new Answer(request, () -> broken.accept(this));
            answer.leave();
            held = answer;
        }
    }

    private void end(int status, byte[] body) {
        synchronized (this) {
            if (held == null) {
                early = () -> write(status, body);
                return;
            }
        }
        if (System.nanoTime() - since < MOMENT.toNanos()) {
            timer.accept(MOMENT, () -> send(status, body));
        } else {
            send(status, body);
        }
    }

    private void send(int status, byte[] body) {
        Answer answer;
        synchronized (this) {
            answer = held;
        }
        if (answer != null) {
            begin(status, body);
            answer.end(body);
        }
    }

    private synchronized void begin(int status, byte[] body) {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
    }

    private void write(int status, byte[] body) {
        try {
            begin(status, body);
            response.getOutputStream().write(body);
        } catch (IOException e) {
            broken.accept(this);
        }
    }
}
