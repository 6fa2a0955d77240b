package org.pocketsocket.http;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.pocketsocket.message.Parcel;

/**
 * Messages for one client, numbered from 1 on, and kept until the client has them. Those that a stream has taken, too, are
 * kept while there is room: it may have broken on the way. Not thread-safe.
 */
final class Mailbox {

    private final int bound;
    private final Queue<String> kept = new ArrayDeque<>();
    private long last;
    private long left;
    private int bytes;

    /** @param bound bytes of UTF-8 that may be kept, give or take what came last */
    Mailbox(int bound) {
        this.bound = bound;
    }

    /** The number of the last message there ever was. */
    long last() {
        return last;
    }

    void add(String text) {
        kept.add(text);
        bytes += Parcel.utf8Length(text);
        last++;
        makeRoom();
    }

    /** Whether it can still tell what came behind this number. */
    boolean knows(long number) {
        return number >= last - kept.size() && number <= last;
    }

    /** The messages behind this number. */
    List<String> behind(long number) {
        return kept.stream().skip(kept.size() - (last - number)).toList();
    }

    /** The client has all up to this number. */
    void acknowledge(long number) {
        while (!kept.isEmpty() && first() <= number) {
            dropFirst();
        }
    }

    /** A stream has taken all up to this number. */
    void left(long number) {
        left = Math.max(left, number);
        makeRoom();
    }

    boolean isFull() {
        return bytes >= bound;
    }

    private void makeRoom() {
        while (isFull() && first() <= left) {
            dropFirst();
        }
    }

    private long first() {
        return last - kept.size() + 1;
    }

    private void dropFirst() {
        bytes -= Parcel.utf8Length(kept.remove());
    }
}
