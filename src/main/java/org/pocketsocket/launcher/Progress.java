package org.pocketsocket.launcher;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says that something is under way: a line that moves on a terminal and then vanishes, a plain line elsewhere. */
final class Progress {

    private static final String WHEEL = "|/-\\";
    private static final String ERASE_LINE = "\r\033[2K";

    private final PrintStream out;
    private final String line;
    private final CountDownLatch done = new CountDownLatch(1);

    private Progress(PrintStream out, String line) {
        this.out = out;
        this.line = line;
    }

    static void during(PrintStream out, String line, Runnable work) {
        if (onTerminal()) {
            new Progress(out, line).turnDuring(work);
        } else {
            out.println(line);
            work.run();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // not with the plain console asked for
    private static boolean onTerminal() {
        // from JDK 22 on another kind of console may be there without a terminal
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    private void turnDuring(Runnable work) {
        Thread wheel = new Thread(this::turn, "progress");
        wheel.setDaemon(true);
        wheel.start();
        try {
            work.run();
        } finally {
            done.countDown();
            join(wheel);
            show(ERASE_LINE);
        }
    }

    private void turn() {
        try {
            for (int i = 0; !done.await(100, TimeUnit.MILLISECONDS); i++) {
                show("\r" + line + " " + WHEEL.charAt(i % WHEEL.length()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread wheel) {
        try {
            wheel.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(String text) {
        out.print(text);
        out.flush();
    }
}
