package org.pocketsocket.hub;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;

/** Background work of one member, room or channel. */
@SuppressWarnings("CollectionUndefinedEquality") // a job is equal to itself, and that is what is meant
final class Jobs {

    /** @param most jobs that one holder may have at a time */
    record Workers(Executor executor, Wheel wheel, int most) {}

    private final Workers workers;
    private final Set<Future<?>> running = ConcurrentHashMap.newKeySet(0);
    private volatile boolean ended;

    Jobs(Workers workers) {
        this.workers = workers;
    }

    /** For nobody: each is cancelled at once. */
    static Jobs none() {
        Jobs none = new Jobs(new Workers(Runnable::run, Wheel.STOPPED, 1));
        none.end();
        return none;
    }

    Future<?> spawn(Runnable job) {
        Once task = new Once(job);
        add(task);
        if (!task.isDone()) {
            start(task);
        }
        return task;
    }

    Future<?> every(Duration period, Runnable job) {
        Repeated repeated = new Repeated(period, job);
        add(repeated.handle);
        repeated.schedule();
        return repeated.handle;
    }

    /** Interrupts what runs, and whatever is spawned from here on: nobody it could be for is there. */
    void end() {
        ended = true;
        kill();
    }

    void kill() {
        List.copyOf(running).forEach(job -> job.cancel(true));
    }

    private void add(Future<?> job) {
        synchronized (running) {
            if (running.size() >= workers.most) {
                throw new Rejection(4429, "too_many", workers.most + " jobs run for this already");
            }
            running.add(job);
        }
        if (ended) {
            job.cancel(true);
        }
    }

    private void start(Once task) {
        try {
            workers.executor.execute(task);
        } catch (RuntimeException e) {
            task.cancel(false); // the server takes no more work: it is not one of those that run
            throw e;
        }
    }

    /** One run. What an end makes it throw is no news. */
    private final class Once extends FutureTask<@Nullable Object> {

        Once(Runnable job) {
            super(job, null);
        }

        @Override
        protected void setException(Throwable failure) {
            if (!isCancelled()) {
                Bugs.log(failure);
            }
            super.setException(failure);
        }

        @Override
        protected void done() {
            running.remove(this);
        }
    }

    /** Until it is cancelled; one run at a time. */
    private final class Repeated {

        private final Duration period;
        private final Runnable job;
        private long due = workers.wheel.time();
        private volatile Future<?> turn = new FutureTask<>(() -> {}, null);

        private final FutureTask<?> handle = new FutureTask<>(() -> {}, null) {
            @Override
            protected void done() {
                running.remove(this);
                turn.cancel(true);
            }
        };

        Repeated(Duration period, Runnable job) {
            this.period = period;
            this.job = job;
            turn.cancel(false); // there is none to wait for
        }

        /** From the time it was due, not from when it ran: it keeps its pace. What came too late is left out. */
        void schedule() {
            due = Math.max(due + period.toNanos(), workers.wheel.time());
            workers.wheel.at(due, this::run);
        }

        private void run() {
            if (!handle.isDone()) {
                schedule();
                if (turn.isDone()) {
                    Once next = new Once(job);
                    turn = next;
                    start(next);
                    if (handle.isDone()) {
                        next.cancel(true); // killed in between
                    }
                }
            }
        }
    }
}
