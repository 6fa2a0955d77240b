package org.pocketsocket.channel;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.ChannelHandler.Call;

/** What a method is called about: what its arguments are taken from. */
record Moment(Call call, @Nullable Reason reason, @Nullable Throwable failure) {

    static Moment of(Call call) {
        return new Moment(call, null, null);
    }

    Moment failed(Throwable why) {
        return new Moment(call, reason, why);
    }
}
