package org.pocketsocket.hub;

/**
 * Told what is to be counted. Called from any thread, often; must neither block nor throw. On the way out it is called
 * once for a whole delivery, however many get it.
 */
public interface Meter {

    Meter NONE = new Meter() {};

    /** A message came, of so many bytes of UTF-8. */
    default void received(int bytes) {}

    /**
     * A message was handled, and how long that took.
     *
     * @param command what kind it was: {@code event}, {@code join}, {@code relay}… a handful of words
     */
    default void handled(String command, long nanos) {}

    /** Messages went to outboxes: recipients times texts. */
    default void sent(int messages, long bytes) {}

    /** A lane has delivered all that it had taken. */
    default void delivered(long nanos) {}

    /** An error was answered, with this code. */
    default void refused(int code) {}

    /** A conversation has ended, with this WebSocket close code; 1006 when the transport broke. */
    default void ended(int code) {}

    /** A ping was answered, after so long. */
    default void answered(long nanos) {}

    /** A peer was put out because it read too slowly. */
    default void slow() {}

    /** A peer asked for what it missed, and got all of it, or not. */
    default void recovered(boolean all) {}
}
