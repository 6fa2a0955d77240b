package org.pocketsocket.hub;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Room;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.history.Terms;

/**
 * The application's side of a channel. For one peer, one call at a time, on the thread that read its message; for
 * different peers at the same time. A method may throw {@link org.pocketsocket.Rejection}; anything else is a bug.
 */
public interface ChannelHandler {

    /** What happened. */
    record Call(Member member, ChannelRef channel, Envelope envelope) {}

    /** What becomes of its events for members that are too slow. Always the same. */
    default WhenSlow whenSlow() {
        return WhenSlow.CLOSE;
    }

    /** What members may do at first; null: everything. Always the same. */
    default @Nullable Set<String> access() {
        return null;
    }

    /** The roles that it asks for: those a handshake has to look for. */
    default Set<String> roles() {
        return Set.of();
    }

    /**
     * How much is kept of what is sent to a room, or, with the empty name, to the channel itself; null: nothing. A size or
     * a time of 0 is the setting's. May change.
     */
    default @Nullable Terms history(String room) {
        return null;
    }

    /** A member asked for what it missed of a room, or of the channel itself, and cannot have it. */
    default void missed(Call call, Room room) {}

    /** Whether members may know who else is in a room, or, with the empty name, in the channel itself. May change. */
    default boolean presence(String room) {
        return false;
    }

    /** A peer wants to join. The result greets it. */
    @Nullable
    Object join(Call call);

    /** A member sent an event. The result, or what the {@link java.util.concurrent.CompletionStage} brings, acknowledges it. */
    @Nullable
    Object event(Call call);

    /** A member is gone. Called exactly once for each {@link #join} that returned. */
    void leave(Call call, Reason reason);
}
