package org.pocketsocket.client.net;

/** Bytes to and from a server; on the loop only. */
interface Line {

    /** Takes the array as its own. */
    void write(byte[] bytes);

    /** Bytes that the system has not taken yet. */
    int waiting();

    /** Reads no more, or again. */
    void pause(boolean paused);

    /** Sends what waits, for two seconds at most, and ends. Nothing is told of it. */
    void close();

    /** Ends at once: what the other side still says is of no interest, nor whether it has all. */
    void drop();

    /** Who is told. After {@link #ended} nothing more is. */
    interface Ear {
        void opened(Line line);

        /** The array is spent when this returns. */
        void received(byte[] bytes, int offset, int length);

        void ended(Ending why);
    }
}
