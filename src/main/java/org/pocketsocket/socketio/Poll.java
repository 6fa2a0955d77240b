package org.pocketsocket.socketio;

/** A request that is held until there is something to say. Answered once; no method blocks, or throws. */
interface Poll {

    void answer(String body);

    /** As it is, without a character set. */
    void answer(byte[] body);

    /** It should not have come. */
    void refuse();
}
