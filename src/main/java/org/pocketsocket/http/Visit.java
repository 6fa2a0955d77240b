package org.pocketsocket.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Parcel;

/**
 * A conversation over requests that come and go: a wire with a mailbox. The lock guards the fields, and orders what goes
 * out; the hub is called outside it.
 */
final class Visit implements Wire {

    /** Held by the request whose batch is being handled: batches come one at a time. */
    final ReentrantLock speaking = new ReentrantLock();

    /** Of the batch handled last; guarded by {@link #speaking}. */
    long batch;

    private final String id;
    private final String user;
    private final boolean readsOnly;
    private final Mailbox mailbox;
    private final Runnable over;
    private @Nullable Peer peer;
    private @Nullable Held held;
    private @Nullable Runnable ready;
    private @Nullable Goodbye goodbye;
    private long cursor;
    private boolean busy;

    /** Whose it is, and what it may. */
    record Terms(String id, String user, boolean readsOnly, int mailbox) {}

    /** @param over called when it has ended; perhaps again and again */
    Visit(Terms terms, Runnable over) {
        this.id = terms.id;
        this.user = terms.user;
        this.readsOnly = terms.readsOnly;
        this.mailbox = new Mailbox(terms.mailbox);
        this.over = over;
    }

    /** To be called once, before anything else. */
    void belongsTo(Peer owner) {
        peer = owner;
    }

    Peer peer() {
        return requireNonNull(peer);
    }

    String id() {
        return id;
    }

    boolean isOf(String name) {
        return user.equals(name);
    }

    boolean readsOnly() {
        return readsOnly;
    }

    // ---- requests

    /** The client has all up to this number. */
    void acknowledge(long number) {
        run(acknowledged(number));
    }

    private synchronized @Nullable Runnable acknowledged(long number) {
        mailbox.acknowledge(number);
        cursor = Math.max(cursor, Math.min(number, mailbox.last()));
        return room();
    }

    /** Whether what comes behind this number is kept. */
    synchronized boolean canContinue(long number) {
        return mailbox.knows(number);
    }

    /**
     * Holds a request, and ends the one before.
     *
     * @param number of the last message that its client has
     */
    void hold(Held request, long number) {
        synchronized (this) {
            release();
            held = request;
            busy = false;
            cursor = mailbox.knows(number) ? number : mailbox.last();
            deliver(true);
        }
        peer().heard();
    }

    /** The request broke off. */
    synchronized void broke(@Nullable Held request) {
        if (held == request) {
            held = null;
        }
    }

    /** Whether goodbye was said. */
    synchronized boolean isOver() {
        return goodbye != null;
    }

    private void release() {
        if (held != null) {
            held.end();
            held = null;
        }
    }

    // ---- the wire

    @Override
    public boolean write(Parcel parcel, boolean more, Runnable whenReady) {
        synchronized (this) {
            parcel.texts().stream().filter(text -> !text.isEmpty()).forEach(mailbox::add);
            if (!more || mailbox.isFull()) {
                deliver(false);
            }
            ready = mailbox.isFull() ? whenReady : null;
            return ready == null;
        }
    }

    /** Gives what waits to the request that is held. */
    private void deliver(boolean fresh) {
        Held request = held;
        if (request == null || busy) {
            return;
        }
        List<String> messages = mailbox.behind(cursor);
        boolean stream = request instanceof HeldStream;
        if (messages.isEmpty() && goodbye == null && !(fresh && stream)) {
            return;
        }
        cursor = mailbox.last();
        busy = !request.send(cursor, messages, goodbye, () -> sent(request));
        if (stream && !busy) {
            mailbox.left(cursor);
        }
        if (request.isOver()) {
            held = null;
            busy = false;
        }
    }

    /** A stream takes more. */
    private void sent(Held request) {
        Runnable then;
        synchronized (this) {
            if (held != request) {
                return;
            }
            busy = false;
            mailbox.left(cursor);
            deliver(false);
            then = room();
        }
        run(then);
    }

    private @Nullable Runnable room() {
        if (mailbox.isFull()) {
            return null;
        }
        Runnable then = ready;
        ready = null;
        return then;
    }

    @Override
    public synchronized String transport() {
        return readsOnly || held instanceof HeldStream ? "events" : "poll";
    }

    @Override
    public void ping() {
        synchronized (this) {
            Held request = held;
            if (request != null) {
                request.ping(mailbox.last());
                held = request.isOver() ? null : held; // that may have been told already
            }
        }
        if (readsOnly) {
            peer().heard(); // it cannot answer; one that takes nothing is found out by what waits for it
        }
    }

    @Override
    public void close(Goodbye why) {
        synchronized (this) {
            goodbye = goodbye == null ? why : goodbye;
            deliver(false);
        }
        over.run();
    }

    private static void run(@Nullable Runnable callback) {
        if (callback != null) {
            callback.run();
        }
    }
}
