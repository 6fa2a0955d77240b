package org.pocketsocket.client;

import java.util.Optional;

/** What a session tells the half of the client that applications see: one after the other, on the handler thread. */
interface Face {

    void event(Heard.Event event);

    void state(ClientState state, Optional<ClientException> why);

    /**
     * A channel let us in.
     *
     * @param again it was joined before, on another connection
     */
    void joined(String channel, boolean again);

    void left(String channel, ClientException why);

    /** Events of this room were missed, and cannot be had any more. */
    void gap(String channel, String room);

    /** An answer that nobody waits for, or not any more. */
    void stray(Heard.Answered answer);

    /** Something went wrong that nobody waits for. */
    void fault(ClientException why);
}
