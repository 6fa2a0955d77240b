package org.pocketsocket.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.servlet.Answer;
import org.pocketsocket.settings.StreamSettings;

/**
 * A poll: answered when nothing has come for long, or when something has, and then nothing more for a moment. Never holds
 * its own lock and calls the wire.
 */
final class HeldListen implements Line {

    /** Characters; more is not waited for. */
    private static final int ENOUGH = 256 * 1024;

    private final StreamWire wire;
    private final Wanted wanted;
    private final List<String> texts = new ArrayList<>();
    private @Nullable Answer answer;
    private int size;
    private int heard;
    private boolean over;

    /**
     * How it is to be answered.
     *
     * @param callback a function's name, for JSONP; empty for plain JSON
     * @param timer runs a task after a time
     */
    record Wanted(String callback, StreamSettings.Times times, BiConsumer<Duration, Runnable> timer) {}

    HeldListen(StreamWire wire, Wanted wanted) {
        this.wire = wire;
        this.wanted = wanted;
    }

    /** From here on it is held. */
    void begin(Answer with) {
        answer = with;
        wire.attach(this);
        wanted.timer.accept(wanted.times.wake(), this::wake);
    }

    /** Its client is gone. */
    void broken() {
        List<String> lost;
        synchronized (this) {
            lost = over ? List.of() : List.copyOf(texts);
            over = true;
        }
        wire.lose(this, new Parcel(lost));
    }

    private void wake() {
        boolean done;
        synchronized (this) {
            done = heard == 0;
        }
        if (done) {
            finish();
        }
    }

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable ready) {
        boolean first;
        boolean enough;
        synchronized (this) {
            String list = StreamCodec.list(parcel);
            if (list.length() <= 2) {
                return true;
            }
            texts.addAll(parcel.texts());
            size += list.length();
            first = heard++ == 0;
            enough = size > ENOUGH;
        }
        if (enough) {
            finish();
        } else if (first) {
            gather(1, System.nanoTime() + wanted.times.wake().toNanos());
        }
        return true;
    }

    /** Waits on while something came since, but not for ever. */
    private void gather(int before, long until) {
        wanted.timer.accept(wanted.times.gather(), () -> {
            int now;
            synchronized (this) {
                now = heard;
            }
            if (now == before || System.nanoTime() > until) {
                finish();
            } else {
                gather(now, until);
            }
        });
    }

    private void finish() {
        wire.detach(this);
        String body;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            String list = StreamCodec.list(new Parcel(texts));
            body = list.isEmpty() ? "[]" : list;
        }
        if (answer != null) {
            answer.end(text(body).getBytes(UTF_8));
        }
    }

    /** JavaScript breaks lines where JSON does not. */
    private String text(String list) {
        return wanted.callback.isEmpty()
                ? list
                : wanted.callback + '(' + list.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + ')';
    }

    @Override
    public void ping() {
        // the next poll is the sign of life
    }

    @Override
    public void end(Goodbye goodbye) {
        finish();
    }

    @Override
    public boolean lasts() {
        return false;
    }
}
