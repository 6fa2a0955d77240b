package org.pocketsocket.socketio;

import org.pocketsocket.message.Parcel;

/** The outbound half of a WebSocket. No method blocks, none throws. */
interface Pipe {

    /** As {@link org.pocketsocket.hub.Wire#write}; the parcel's texts are packets, see {@link Revision}. */
    boolean write(Parcel parcel, boolean more, Runnable ready);

    /** Sends packets as soon as it can be, between two parcels; of those that wait only the latest matter. */
    void aside(String packets);

    void close(int code, String reason);
}
