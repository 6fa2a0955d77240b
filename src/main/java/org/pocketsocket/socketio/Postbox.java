package org.pocketsocket.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * What waits for a client that polls, and the poll that waits for it. Not thread-safe: its session's lock guards it, and
 * what it wants done is done outside that.
 */
final class Postbox {

    /** Writes packets, which are at least one, as one body. */
    interface Writer {

        void write(List<String> packets, Poll to);
    }

    private final Writer writer;
    private final int bound;
    private final Consumer<Runnable> effects;
    private final List<String> mail = new ArrayList<>();
    private int bytes;
    private @Nullable Poll poll;
    private @Nullable Runnable ready;

    /** @param bound bytes that may wait, give or take what came last */
    Postbox(Writer writer, int bound, Consumer<Runnable> effects) {
        this.writer = writer;
        this.bound = bound;
        this.effects = effects;
    }

    boolean isHeld() {
        return poll != null;
    }

    boolean isHeld(Poll request) {
        return poll == request;
    }

    boolean isEmpty() {
        return mail.isEmpty();
    }

    boolean isFull() {
        return bytes >= bound;
    }

    /** Holds a request, and answers it when there is something. */
    void hold(Poll request) {
        poll = request;
        deliver();
    }

    /** The request is gone. */
    void forget(Poll request) {
        if (poll == request) {
            poll = null;
        }
    }

    /** Adds packets; {@link #deliver} sends them. */
    void add(String packets) {
        mail.add(packets);
        bytes += packets.length();
    }

    void add(Parcel parcel) {
        parcel.texts().stream().filter(text -> !text.isEmpty()).forEach(mail::add);
        bytes += parcel.bytes();
    }

    /** To be run when there is room. */
    void whenReady(Runnable then) {
        ready = then;
    }

    void tellReady() {
        Runnable told = ready;
        ready = null;
        if (told != null) {
            effects.accept(told);
        }
    }

    /** Gives what waits to the request that is held, if any. */
    void deliver() {
        if (poll != null && !mail.isEmpty()) {
            answer(List.copyOf(mail));
            empty();
            tellReady();
        }
    }

    /** Answers the request that is held, if any, with this packet alone. */
    void say(String packet) {
        answer(List.of(packet));
    }

    private void answer(List<String> packets) {
        Poll held = poll;
        poll = null;
        if (held != null) {
            effects.accept(() -> writer.write(packets, held));
        }
    }

    void refuse() {
        Poll held = poll;
        poll = null;
        if (held != null) {
            effects.accept(held::refuse);
        }
    }

    /** All that waits, for another way. */
    Parcel take() {
        Parcel all = new Parcel(mail);
        empty();
        return all;
    }

    void empty() {
        mail.clear();
        bytes = 0;
    }
}
