package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Keeps the latest events of a {@link Channel}: what was sent to the channel itself, and what was sent to each of its rooms.
 * Who was away gets what it missed, or is told that it cannot have it. Kept is what {@link Audience#send} sends to the
 * whole channel or room, or to all of it but some; not what is volatile, only the latest, a question, or for single members.
 */
@Documented
@Target(TYPE)
@Retention(RUNTIME)
public @interface History {

    /** How many events of the channel, and of each room; 0: {@code pocket.history.size}. */
    int size() default 0;

    /** For how many seconds; 0: {@code pocket.history.ttl}. */
    int ttl() default 0;

    /**
     * The method of a channel with history that is called when a member asked for what it missed, and cannot have it: it may
     * send that member how things stand now. Events that are sent later come after what it sends.
     *
     * <p>Parameters by type: {@link Member}, {@link ChannelRef}, and {@link Room}, which is what was missed: a room, or the
     * channel itself.
     */
    @Documented
    @Target(METHOD)
    @Retention(RUNTIME)
    @interface Snapshot {}
}
