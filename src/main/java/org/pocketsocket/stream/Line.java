package org.pocketsocket.stream;

import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.message.Parcel;

/** How a connection is reached at the moment: a WebSocket, a held poll. No method blocks, or throws. */
interface Line {

    /** As {@link org.pocketsocket.hub.Wire#write}. */
    boolean write(Parcel parcel, boolean more, Runnable ready);

    /** Wants a sign of life. */
    void ping();

    /** There will be no more. */
    void end(Goodbye goodbye);

    /** Whether it has to be told every now and then that we are alive. */
    boolean lasts();
}
