package org.pocketsocket.hub;

import java.util.concurrent.TimeUnit;

/** Our own threads: named, daemons, and gone when their owner is closed. */
public final class Threads {

    private static final long PATIENCE = TimeUnit.SECONDS.toMillis(2);

    private Threads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Ours(work, name);
        thread.setDaemon(true);
        // No application's class loader: it would be kept alive, and Tyrus searches it through on every message sent
        // (two thirds of the cost of sending, measured on Payara Micro 6).
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        thread.start();
        return thread;
    }

    /** Whether this is one of them: then no code of the application's may run here. */
    public static boolean isOurs() {
        return Thread.currentThread() instanceof Ours;
    }

    private static final class Ours extends Thread {
        Ours(Runnable work, String name) {
            super(work, name);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
