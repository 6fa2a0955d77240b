package org.pocketsocket.stream;

import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.Parcel;

/** Channelstream's dialect: lists of objects, and nothing comes back. */
final class StreamCodec implements Codec {

    static final String EVENT = "message";
    static final String HEARTBEAT = "heartbeat";

    private static final int EMPTY = 2;

    @Override
    public Incoming decode(String text) {
        return new Incoming.Malformed("null", "nothing is taken here", "");
    }

    /** A list; empty text for what is not for these clients. */
    @Override
    public String encode(Outgoing message) {
        if (message instanceof Outgoing.Event event && event.event().equals(EVENT)) {
            return event.data();
        }
        return message instanceof Outgoing.Event event && event.event().equals(HEARTBEAT) ? "[]" : "";
    }

    /** All of a parcel's lists as one; empty text if there is none. */
    static String list(Parcel parcel) {
        StringBuilder list = new StringBuilder(parcel.bytes() + EMPTY).append('[');
        boolean any = false;
        for (String text : parcel.texts()) {
            any |= !text.isEmpty();
            if (text.length() > EMPTY) {
                list.append(list.length() > 1 ? "," : "").append(text, 1, text.length() - 1);
            }
        }
        return any ? list.append(']').toString() : "";
    }
}
