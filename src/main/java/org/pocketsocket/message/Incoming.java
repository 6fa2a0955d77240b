package org.pocketsocket.message;

/** What a peer sent, read as far as routing needs it. */
public sealed interface Incoming {

    /** The sender's name for the message, as JSON; {@code null} (the JSON word) without one. */
    String id();

    /** The whole message as it came. */
    String text();

    /** Whether the sender gave it a name, and so can tell which answer belongs to it. */
    default boolean isNamed() {
        return !id().equals("null");
    }

    /**
     * A named message.
     *
     * @param channel before the first dot of {@code message}
     * @param event behind that dot; empty when there is none
     * @param data the payload, as JSON; {@code {}} without one
     * @param spread {@code data} is an array of several values, or of none: so in dialects that know such
     */
    record Envelope(String id, String channel, String event, String data, boolean spread, String text)
            implements Incoming {

        public Envelope(String id, String channel, String event, String data, String text) {
            this(id, channel, event, data, false, text);
        }
    }

    /** The sender wants to get the channel's events; {@code data} is for the channel to look at. */
    record Join(String id, String channel, String data, String text) implements Incoming {}

    /** The sender wants no more of them. */
    record Leave(String id, String channel, String text) implements Incoming {}

    /**
     * The sender wants to be known again when its connection is lost.
     *
     * @param resume the secret of the conversation that it had; empty for none
     * @param token who it is; empty when it shows none
     */
    record Hello(String id, String resume, String token, String text) implements Incoming {

        @Override
        public String toString() {
            return text;
        }
    }

    /** The sender wants to read what a channel has sent; {@code data} says what of it. */
    record History(String id, String channel, String data, String text) implements Incoming {}

    /** The sender wants to know who is in a channel; {@code data} may name a room of it. */
    record Presence(String id, String channel, String data, String text) implements Incoming {}

    /** The sender says something about itself: {@code data} has it. */
    record State(String id, String channel, String data, String text) implements Incoming {}

    /** The answer to an {@link Outgoing.Event} that had an id; {@code id} is that, as JSON. */
    record Answer(String id, String data, String text) implements Incoming {}

    /** The "no" to an {@link Outgoing.Event} that had an id. */
    record Refusal(String id, String reason, String text) implements Incoming {}

    /** The sender shows who it is. What it shows is nobody's to read: {@code text} is without it. */
    record Token(String id, String token, String text) implements Incoming {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Any other text, good for relaying only.
     *
     * @param id an object's {@code id} as JSON, or {@code null}; a text's length when it is no JSON object
     */
    record Plain(String id, boolean object, String text) implements Incoming {}

    /** Something that cannot be read, and why, in a sentence. */
    record Malformed(String id, String reason, String text) implements Incoming {}
}
