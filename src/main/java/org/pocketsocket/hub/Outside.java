package org.pocketsocket.hub;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.pocketsocket.Notice;

/**
 * What the hub needs of the world it runs in.
 *
 * @param clock nanoseconds
 * @param executor runs the application's code that no reading thread is there for: jobs, and the ends that our own threads
 *     found out; should have threads of the container's
 * @param notices told what happens; may take its time
 * @param transaction if this thread is in one, keeps the task until it is committed, and says true
 */
public record Outside(
        LongSupplier clock, Trace trace, Executor executor, Consumer<Notice> notices, Predicate<Runnable> transaction) {

    /** Plain Java around us. */
    public static Outside plain(Executor executor) {
        return new Outside(System::nanoTime, Trace.NONE, executor, notice -> {}, task -> false);
    }

    public Outside with(Trace other) {
        return new Outside(clock, other, executor, notices, transaction);
    }

    public Outside with(Consumer<Notice> other) {
        return new Outside(clock, trace, executor, other, transaction);
    }

    public Outside withTransaction(Predicate<Runnable> other) {
        return new Outside(clock, trace, executor, notices, other);
    }
}
