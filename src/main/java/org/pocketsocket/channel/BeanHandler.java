package org.pocketsocket.channel;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.Room;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.history.Terms;
import org.pocketsocket.hub.ChannelHandler;

/** A bean as the hub sees it. */
final class BeanHandler implements ChannelHandler {

    private final Manner manner;
    private final Map<String, Handler> events;
    private final Extras extras;

    /**
     * @param access null: everything
     * @param history null: none
     */
    record Manner(
            WhenSlow whenSlow,
            @Nullable Set<String> access,
            @Nullable Terms history,
            boolean presence) {}

    /** The methods that a bean may have but one of. */
    record Extras(
            @Nullable Handler join,
            @Nullable Handler leave,
            @Nullable Handler any,
            @Nullable Handler error,
            @Nullable Handler snapshot) {

        Stream<Handler> all() {
            return Stream.of(join, leave, any, error, snapshot).flatMap(Stream::ofNullable);
        }
    }

    BeanHandler(Manner manner, Map<String, Handler> events, Extras extras) {
        this.manner = manner;
        this.events = Map.copyOf(events);
        this.extras = extras;
    }

    @Override
    public WhenSlow whenSlow() {
        return manner.whenSlow;
    }

    @Override
    public @Nullable Set<String> access() {
        return manner.access;
    }

    @Override
    public @Nullable Terms history(String room) {
        return manner.history;
    }

    @Override
    public boolean presence(String room) {
        return manner.presence;
    }

    @Override
    public void missed(Call call, Room room) {
        if (extras.snapshot != null) {
            Object ignored = extras.snapshot.invocation().call(Moment.of(call).about(room));
        }
    }

    @Override
    public Set<String> roles() {
        return Stream.concat(events.values().stream(), extras.all())
                .flatMap(handler -> handler.guard().roles().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public @Nullable Object join(Call call) {
        return extras.join == null ? null : call(extras.join, call);
    }

    @Override
    public @Nullable Object event(Call call) {
        Handler handler = events.getOrDefault(call.envelope().event(), extras.any);
        if (handler == null) {
            throw new Rejection(
                    4404, "no_such_method", "channel \"" + call.channel().name() + "\" has no such event");
        }
        return call(handler, call);
    }

    @Override
    public void leave(Call call, Reason reason) {
        if (extras.leave != null) {
            extras.leave.invocation().call(Moment.of(call).ended(reason));
        }
    }

    private @Nullable Object call(Handler handler, Call call) {
        Moment moment = Moment.of(call);
        try {
            Object result = handler.call(moment);
            return result instanceof CompletionStage<?> stage && extras.error != null
                    ? stage.<@Nullable Object>thenApply(value -> value).exceptionally(e -> recover(moment, e))
                    : result;
        } catch (RuntimeException | Error e) {
            return recover(moment, e);
        }
    }

    private @Nullable Object recover(Moment moment, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Rejection no = failure instanceof Rejection rejection ? rejection : Violations.rejection(failure);
        if (no != null) {
            throw no;
        } else if (extras.error != null) {
            return extras.error.invocation().call(moment.failed(HandlerFailed.unwrapped(failure)));
        } else if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException e ? e : new HandlerFailed(failure);
    }
}
