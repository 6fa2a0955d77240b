package org.pocketsocket.bench;

import org.pocketsocket.bench.load.Window;

/**
 * How long, how often, how many.
 *
 * @param seconds of one measurement
 * @param rounds in which everybody is measured once; medians count
 */
record Scale(double seconds, int rounds) {

    static final int FEW = 100;
    static final int MANY = 10_000;
    static final int FIRST = 1_000; // that come and go together, before those that are idle
    static final int IDLE = 5_000;
    static final int ASKING = 50;
    static final int IN_FLIGHT = 4;

    /** Connections of a backend, and messages in one of its lists. */
    static final int POSTING = 8;

    static final int LIST = 100;

    /** What messages have more where one is slow: to fill what the kernel and the server keep for it, and soon. */
    static final int HEAVIER = 4_000;

    /** Between pings where all are to be pinged soon, in milliseconds. */
    static final int PING = 4_000;

    /** Seconds in which a server does what it does when it rests. */
    static final int REST = 13;

    static Scale fromProperties() {
        return new Scale(
                Double.parseDouble(System.getProperty("bench.seconds", "1.5")), Integer.getInteger("bench.rounds", 3));
    }

    Window window() {
        return new Window(seconds / 3, seconds);
    }

    /** A piece of the first load, which is not counted. */
    Window slice() {
        return new Window(0, seconds);
    }

    /** With one that is slow: it must have the time to be put out. */
    Window slow() {
        return new Window(seconds / 3, 3 * seconds);
    }

    /** For many subscribers: a publication takes long. */
    Window wide() {
        return new Window(Math.max(2, seconds), 1.5 * seconds);
    }
}
