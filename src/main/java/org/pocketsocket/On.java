package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A method of a {@link Channel} bean that handles an event.
 *
 * <p>Parameters are found by type: {@link Member} (who sent it), {@link ChannelRef} (where to), and at most one other
 * type, which the event's payload is bound to by JSON-B; a {@code String} parameter gets a JSON string's text. What the
 * method returns is the acknowledgement; {@code void} acknowledges without data. {@link Rejection} says no.
 *
 * <p>The method runs on the thread that read the message, one message at a time per peer; it may block, and then delays
 * only that peer. Different peers' messages run at the same time.
 */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface On {

    /** The event's names: what stands behind the first dot of a pocket message, or a Socket.IO event's name. */
    String[] value();
}
