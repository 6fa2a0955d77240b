package org.pocketsocket.client;

/** Where a client stands. */
public enum ClientState {
    /** It tries to open a connection. */
    CONNECTING,
    /** It talks with the server. */
    OPEN,
    /** The connection was lost; it will try again. */
    WAITING,
    /** It has ended, and does not come back. */
    CLOSED
}
