package org.pocketsocket.socketio;

/** The other side does not keep to the protocol: its connection ends. */
final class BadPacket extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadPacket(String sentence) {
        super(sentence, null, false, false);
    }
}
