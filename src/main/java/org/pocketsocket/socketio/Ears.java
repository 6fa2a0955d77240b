package org.pocketsocket.socketio;

import java.util.List;
import org.pocketsocket.message.Parcel;

/** Who hears what a WebSocket brings, and knows how it is written. */
interface Ears {

    void text(Pipe from, String text);

    void binary(Pipe from, byte[] message);

    /**
     * The WebSocket is gone.
     *
     * @param clean the other side closed it as it should
     */
    void gone(Pipe pipe, boolean clean);

    boolean wantsMore();

    byte[] frames(Parcel parcel);

    default byte[] frames(String packets) {
        return frames(Parcel.of(packets));
    }

    /** For who frames by himself: texts and arrays of bytes. */
    List<Object> messages(Parcel parcel);
}
