package org.pocketsocket.app;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Threads for the application's code: the container's where it has some to lend, else our own, gone when idle. */
final class Background {

    private static final int OWN = 64;

    private Background() {}

    @SuppressWarnings("BanJNDI") // a name of the specification's, no input
    static Executor executor() {
        try {
            Object lent = new InitialContext().lookup("java:comp/DefaultManagedExecutorService");
            return (Executor) lent;
        } catch (NamingException | ClassCastException e) {
            return own();
        }
    }

    private static Executor own() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor own =
                new ThreadPoolExecutor(OWN, OWN, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "pocket-background-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(loader);
                    return thread;
                });
        own.allowCoreThreadTimeOut(true);
        return own;
    }

    /** Ends our own threads; the container's are its own affair. */
    static void stop(Executor executor) {
        if (executor instanceof ThreadPoolExecutor own) {
            ((ExecutorService) own).shutdownNow();
        }
    }
}
