package org.pocketsocket.client.net;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Few threads that come when there is work and go a second after it. */
public final class Workers implements Executor, AutoCloseable {

    private final AtomicInteger count = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    public Workers(String name, int most) {
        pool = new ThreadPoolExecutor(most, most, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, most == 1 ? name : name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler((task, ended) -> task.run());
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** What was given is still done; what comes later, on the caller's thread. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
