package org.pocketsocket.client;

import java.util.List;
import java.util.Map;

/** What a client says, in any dialect. */
sealed interface Say {

    String channel();

    /** It names itself, and expects an answer; 0 without. */
    default long id() {
        return 0;
    }

    /** Bytes on the wire, about. */
    default int size() {
        return 64;
    }

    /**
     * Wants in.
     *
     * @param data what the channel gets to see, members of an object, each as JSON
     */
    record Join(String channel, Map<String, String> data, long id) implements Say {}

    /** Wants out. */
    record Leave(String channel, long id) implements Say {}

    /**
     * An event.
     *
     * @param receipt the answer is to say no more than that it arrived: only the oldest dialect knows the difference
     */
    record Event(String channel, String event, List<Payload> args, long id, boolean receipt) implements Say {

        @Override
        public int size() {
            return 64 + args.stream().mapToInt(Event::size).sum();
        }

        private static int size(Payload payload) {
            return payload.text().length()
                    + payload.attachments().stream()
                            .mapToInt(bytes -> bytes.length)
                            .sum();
        }
    }

    /** The answer to a question of the server's; the token is the question's. */
    record Answer(String channel, String token, List<Payload> args) implements Say {}

    /** The "no" to one. */
    record Refuse(String channel, String token, String reason) implements Say {}

    /** Something for the server itself: only pocket has that. */
    record Command(String channel, String name, Map<String, String> data, long id) implements Say {}
}
