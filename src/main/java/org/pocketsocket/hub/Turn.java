package org.pocketsocket.hub;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One thing at a time, for one peer. The thread that reads the peer's messages waits for its turn, so that its transport
 * slows down with it; everybody else leaves a task behind, which the current holder runs.
 */
final class Turn {

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Runs the task in this thread, as soon as it may. */
    void take(Runnable task) {
        lock.lock();
        try {
            task.run();
        } finally {
            lock.unlock();
        }
        drain();
    }

    /** Runs the task now if nobody has the turn (or this thread has it), else it is run by who has it. */
    void leave(Runnable task) {
        tasks.add(task);
        drain();
    }

    private void drain() {
        while (!tasks.isEmpty() && lock.tryLock()) {
            try {
                Runnable task = tasks.poll();
                if (task != null) {
                    task.run();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
