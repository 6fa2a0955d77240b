package org.pocketsocket.socketio;

/** A request that is held until there is something to say. Answered once; neither method blocks, or throws. */
interface Poll {

    void answer(String body);

    /** It should not have come. */
    void refuse();
}
