package org.pocketsocket.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a server said, in any dialect. */
sealed interface Heard {

    /** The conversation may begin. */
    record Welcome(boolean resumed) implements Heard {}

    /**
     * An event.
     *
     * @param id the sender's name for it; empty without one
     * @param token it is a question: what an answer must carry
     * @param place where it stands in a history, if it does
     */
    record Event(
            String channel,
            String event,
            List<Payload> args,
            String id,
            @Nullable String token,
            @Nullable Place place) implements Heard {

        /** Its first argument: in most dialects there is only one. */
        Payload data() {
            return args.isEmpty() ? Payload.NULL : args.get(0);
        }

        ClientEvent plain() {
            return new ClientEvent(channel, event, data());
        }
    }

    /**
     * A place in a history.
     *
     * @param offset counted up by one in each room of a channel; the channel itself is the room without a name
     */
    record Place(String room, long offset) {}

    /** The answer to what had this id. {@code all} is what else came with it, each as JSON. */
    record Answered(long id, List<Payload> args, Map<String, String> all) implements Heard {}

    /** The server's "no" to what had this id; to nothing in particular with 0. */
    record Failed(long id, String channel, ClientException why) implements Heard {}

    /** The server ended our membership. */
    record Left(String channel, String reason) implements Heard {}

    /** The server wants a new token. */
    record TokenWanted() implements Heard {}

    /** Who gets it. */
    interface Ear {
        void heard(Heard what);
    }
}
