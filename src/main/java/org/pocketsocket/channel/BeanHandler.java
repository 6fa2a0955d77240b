package org.pocketsocket.channel;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.hub.ChannelHandler;

/** A bean as the hub sees it. */
final class BeanHandler implements ChannelHandler {

    private final WhenSlow whenSlow;
    private final Map<String, Invocation> events;
    private final @Nullable Invocation join;
    private final @Nullable Invocation leave;

    BeanHandler(
            WhenSlow whenSlow, Map<String, Invocation> events, @Nullable Invocation join, @Nullable Invocation leave) {
        this.whenSlow = whenSlow;
        this.events = Map.copyOf(events);
        this.join = join;
        this.leave = leave;
    }

    @Override
    public WhenSlow whenSlow() {
        return whenSlow;
    }

    @Override
    public @Nullable Object join(Call call) {
        return join == null ? null : join.call(call);
    }

    @Override
    public @Nullable Object event(Call call) {
        Invocation event = events.get(call.event());
        if (event == null) {
            throw new Rejection(
                    4404, "no_such_method", "channel \"" + call.channel().name() + "\" has no such event");
        }
        return event.call(call);
    }

    @Override
    public void leave(Call call) {
        if (leave != null) {
            leave.call(call);
        }
    }
}
