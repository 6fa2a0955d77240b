package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The method of a {@link Channel} bean that is told, exactly once, that a member is gone: it left, its connection
 * ended, or the server stops. The member no longer gets the channel's events when it runs.
 *
 * <p>Parameters by type: {@link Member}, {@link ChannelRef}, {@link Reason}.
 */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface OnLeave {

    /** Why a member is gone. */
    enum Reason {
        /** It left the channel. */
        LEFT,
        /** Its client closed the connection. */
        CLOSED,
        /** Its connection broke, or gave no sign of life. */
        LOST,
        /** The application put it out. */
        KICKED,
        /** It read too slowly. */
        TOO_SLOW,
        /** The server stops, or the channel ends. */
        STOPPED
    }
}
