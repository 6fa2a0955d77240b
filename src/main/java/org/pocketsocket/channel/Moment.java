package org.pocketsocket.channel;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Room;
import org.pocketsocket.hub.ChannelHandler.Call;

/** What a method is called about: what its arguments are taken from. */
record Moment(
        Call call,
        @Nullable Reason reason,
        @Nullable Throwable failure,
        @Nullable Room room) {

    static Moment of(Call call) {
        return new Moment(call, null, null, null);
    }

    Moment failed(Throwable why) {
        return new Moment(call, reason, why, room);
    }

    Moment ended(Reason why) {
        return new Moment(call, why, failure, room);
    }

    Moment about(Room what) {
        return new Moment(call, reason, failure, what);
    }
}
