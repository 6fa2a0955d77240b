package org.pocketsocket.client.net;

/** Messages to and from a server, over one transport; on the loop only. */
public interface Pipe {

    void send(String text);

    /** Takes the array as its own. */
    void send(byte[] binary);

    /** Asks for a sign of life; true if the transport has a way to. */
    boolean ping();

    /** Bytes that have not left yet. */
    int waiting();

    /** Reads no more, or again. */
    void pause(boolean paused);

    /** Says goodbye and ends. Nothing is told of it. */
    void close();

    /** Who is told. After {@link #ended} nothing more is. */
    interface Ear {
        void opened(Pipe pipe);

        void text(String text);

        void binary(byte[] bytes);

        /** The server is alive, whatever it said. */
        void alive();

        void ended(Ending why);
    }
}
