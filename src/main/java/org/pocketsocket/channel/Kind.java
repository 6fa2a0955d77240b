package org.pocketsocket.channel;

import java.util.List;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Room;

/** What a method is for, and so what it may ask for besides the payload. */
enum Kind {
    EVENT(true),
    JOIN(true),
    LEAVE(false),
    ERROR(false),
    SNAPSHOT(false);

    private final boolean payload;

    Kind(boolean payload) {
        this.payload = payload;
    }

    boolean takesPayload() {
        return payload;
    }

    /** Whether a parameter of this type gets something of ours. */
    boolean gives(Class<?> type) {
        return List.of(Member.class, ChannelRef.class, Identity.class, Handshake.class, Envelope.class)
                        .contains(type)
                || (payload && type == Envelope.Args.class)
                || (this == LEAVE && type == Reason.class)
                || (this == ERROR && type == Throwable.class)
                || (this == SNAPSHOT && type == Room.class);
    }
}
