package org.pocketsocket.message;

/** Reads and writes one dialect. Stateless and thread-safe; there is one instance per dialect. */
public interface Codec {

    /** Reads what a peer sent. Never fails: what cannot be read is {@link Incoming.Malformed}. */
    Incoming decode(String text);

    /** Writes a message. Called once per message and dialect, however many get it. */
    String encode(Outgoing message);
}
