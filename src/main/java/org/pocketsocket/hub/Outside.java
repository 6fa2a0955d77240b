package org.pocketsocket.hub;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.pocketsocket.Notice;
import org.pocketsocket.history.Archive;
import org.pocketsocket.history.MemoryArchive;
import org.pocketsocket.security.Authenticator;
import org.pocketsocket.settings.Remembered;

/**
 * What the hub needs of the world it runs in.
 *
 * @param clock nanoseconds
 * @param executor runs the application's code that no reading thread is there for: jobs, and the ends that our own threads
 *     found out; should have threads of the container's
 * @param notices told what happens; may take its time
 * @param transaction if this thread is in one, keeps the task until it is committed, and says true
 * @param authenticator says whose a token is
 * @param archives makes the store of what was sent
 */
public record Outside(
        LongSupplier clock,
        Trace trace,
        Executor executor,
        Consumer<Notice> notices,
        Predicate<Runnable> transaction,
        Authenticator authenticator,
        Function<Remembered, Archive> archives) {

    /** Plain Java around us. */
    public static Outside plain(Executor executor) {
        return new Outside(
                System::nanoTime,
                Trace.NONE,
                executor,
                notice -> {},
                task -> false,
                Authenticator.NONE,
                kept -> new MemoryArchive(kept.memory(), System::nanoTime));
    }

    public Outside with(Trace other) {
        return new Outside(clock, other, executor, notices, transaction, authenticator, archives);
    }

    public Outside with(Consumer<Notice> other) {
        return new Outside(clock, trace, executor, other, transaction, authenticator, archives);
    }

    public Outside withTransaction(Predicate<Runnable> other) {
        return new Outside(clock, trace, executor, notices, other, authenticator, archives);
    }

    public Outside withAuthenticator(Authenticator other) {
        return new Outside(clock, trace, executor, notices, transaction, other, archives);
    }

    public Outside withArchive(Function<Remembered, Archive> other) {
        return new Outside(clock, trace, executor, notices, transaction, authenticator, other);
    }

    public Outside withClock(LongSupplier other) {
        return new Outside(other, trace, executor, notices, transaction, authenticator, archives);
    }
}
