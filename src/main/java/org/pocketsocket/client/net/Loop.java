package org.pocketsocket.client.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one thread on which all clients of a JVM read, write and wait. It begins with the first client and ends with the
 * last. What runs on it must not block.
 */
public final class Loop implements Executor {

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final Object LOCK = new Object();
    private static @Nullable Loop shared;
    private static int users;

    private final Selector selector;
    private final Thread thread = new Thread(this::run, "pocket-client-loop");
    private final Workers workers = new Workers("pocket-client-worker", 4);
    private final Workers handlers = new Workers("pocket-client-handler", 4);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final byte[] buffer = new byte[64 * 1024];
    private int finding;
    private volatile boolean ending;
    private volatile boolean ended;

    private Loop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    /** The loop that all share; each call is to be followed by one of {@link #leave}. */
    public static Loop enter() {
        synchronized (LOCK) {
            users++;
            shared = shared == null ? new Loop() : shared;
            return shared;
        }
    }

    /** Ends the thread when nobody is left. */
    public void leave() {
        synchronized (LOCK) {
            users--;
            if (users > 0) {
                return;
            }
            shared = null;
        }
        ending = true;
        selector.wakeup();
    }

    /** Waits until the thread has gone, if it is to go at all. */
    public void awaitEnd(Duration atMost) throws InterruptedException {
        if (ending && !isCurrent()) {
            thread.join(atMost.toMillis());
        }
    }

    /** Whether it is the loop that calls: who waits for it here waits in vain. */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Runs it soon, after what was given before. After the end it runs on the caller's thread: there is little to do. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (ended) {
            drain();
        } else if (!isCurrent() && awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** For what may block: name look-ups, tokens. Four threads at most, gone soon after the work. */
    public Executor workers() {
        return workers;
    }

    /** For applications' handlers, where they bring no threads of their own: four, shared by all clients. */
    public Executor handlers() {
        return handlers;
    }

    /** On the loop only. */
    public Timer after(Duration delay, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    SelectionKey register(SelectableChannel channel, int operations, Runnable ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Where to read into: spent when the reader returns. */
    byte[] buffer() {
        return buffer;
    }

    private void run() {
        try {
            while (!ending || !isIdle()) {
                selector.select(this::ready, tasks.isEmpty() ? patience() : 1);
                awake.set(false);
                drain();
                ring();
            }
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            LOG.log(System.Logger.Level.ERROR, "The client's loop has ended", e);
        } finally {
            ended = true;
            drain();
            workers.close();
            handlers.close();
        }
    }

    private boolean isIdle() {
        return tasks.isEmpty() && finding == 0 && selector.keys().isEmpty();
    }

    /** Somebody looks up a name, and will connect then, or does so no more: the loop's end waits for that. On the loop only. */
    void finding(boolean begins) {
        finding += begins ? 1 : -1;
    }

    private void drain() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            safely(task);
        }
    }

    private void ready(SelectionKey key) {
        safely((Runnable) key.attachment());
    }

    private void ring() {
        for (Timer next = timers.peek(); next != null && next.isDue(); next = timers.peek()) {
            timers.remove();
            if (next.task != null) {
                safely(next.task);
            }
        }
    }

    /** Milliseconds until the next timer; 0, which is for ever, without one. Near the end it waits for lines to end. */
    private long patience() {
        Timer next = timers.peek();
        if (ending) {
            return 20;
        }
        return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.at - System.nanoTime()) + 1);
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A fault of the client's own", e);
        }
    }

    /** Something to happen later. */
    public static final class Timer implements Comparable<Timer> {

        private final long at;
        private @Nullable Runnable task;

        private Timer(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }

        /** On the loop only; more than once does no harm. */
        public void cancel() {
            task = null;
        }

        private boolean isDue() {
            return task == null || at - System.nanoTime() <= 0;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.compare(at - other.at, 0);
        }
    }
}
