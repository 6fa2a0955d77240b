package org.pocketsocket.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One after the other, in order, on a borrowed thread. Says when too much waits, and when that is over. */
final class Serial implements Executor {

    static final int HIGH = 1024;
    static final int LOW = 256;
    private static final int TURN = 64;

    private final Executor threads;
    private final Consumer<Boolean> pressure;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;
    private boolean pressed;

    Serial(Executor threads, Consumer<Boolean> pressure) {
        this.threads = threads;
        this.pressure = pressure;
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
            pressed |= press;
        }
        if (press) {
            pressure.accept(true);
        }
        if (start) {
            threads.execute(this::turn);
        }
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
            pressed &= !release;
        }
        if (release) {
            pressure.accept(false);
        }
        return task;
    }
}
