package org.pocketsocket.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One after the other, in order, on a borrowed thread. Says when too much waits, and when that is over; who is told looks at
 * {@link #isPressed}: what two threads say may come in either order.
 */
final class Serial implements Executor {

    static final int HIGH = 1024;
    static final int LOW = 256;
    private static final int TURN = 64;

    private final Executor threads;
    private final Runnable changed;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private volatile boolean pressed;

    /** @param changed called by any thread when {@link #isPressed} has changed */
    Serial(Executor threads, Runnable changed) {
        this.threads = threads;
        this.changed = changed;
    }

    @Override
    public void execute(Runnable task) {
        boolean start;
        boolean press;
        synchronized (waiting) {
            waiting.add(task);
            start = !running;
            running = true;
            press = !pressed && waiting.size() >= HIGH;
            pressed = pressed || press;
        }
        if (press) {
            changed.run();
        }
        if (start) {
            threads.execute(this::turn);
        }
    }

    /** Whether so much waits that nothing more should come. */
    boolean isPressed() {
        return pressed;
    }

    /** A turn ends after some tasks, so that others of the same pool come to theirs. */
    private void turn() {
        for (int i = 0; i < TURN; i++) {
            Runnable task = next();
            if (task == null) {
                return;
            }
            task.run();
        }
        threads.execute(this::turn);
    }

    private @Nullable Runnable next() {
        Runnable task;
        boolean release;
        synchronized (waiting) {
            task = waiting.poll();
            running = task != null;
            release = pressed && waiting.size() <= LOW;
            pressed = pressed && !release;
        }
        if (release) {
            changed.run();
        }
        return task;
    }
}
