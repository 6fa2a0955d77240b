package org.pocketsocket.websocket;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pocketsocket.hub.Goodbye;

/** Closes sessions, on threads of its own: some containers' {@code close} waits for the other side. */
@Singleton
public class Closing {

    private static final int THREADS = 4;

    /** How long the other side may take to take our close, in milliseconds. */
    private static final long FAREWELL = 1000;

    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Closing::thread);

    Closing() {
        executor.allowCoreThreadTimeOut(true);
    }

    void close(Session session, Goodbye goodbye, Runnable then) {
        executor.execute(() -> {
            try {
                session.setMaxIdleTimeout(FAREWELL); // or WildFly waits for who does not read, for ever
                session.close(new CloseReason(CloseCodes.getCloseCode(goodbye.code()), goodbye.reason()));
            } catch (IOException | RuntimeException e) {
                // it is closed already, or broken: gone in either case
            } finally {
                then.run();
            }
        });
    }

    @PreDestroy
    void stop() {
        executor.shutdown();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "pocket-closing");
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        return thread;
    }
}
