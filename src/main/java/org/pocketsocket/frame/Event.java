package org.pocketsocket.frame;

/** What {@link Connection#next} answers: a {@link Message}, or why there is none. */
public sealed interface Event permits Message, Event.Information {

    enum Information implements Event {
        /** All that was received has been told: receive more. */
        NEED_DATA,
        /** The peer has closed, or broken the protocol: send a close, then end. */
        SEND_CLOSE
    }
}
