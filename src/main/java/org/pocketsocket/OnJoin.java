package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The method of a {@link Channel} bean that is asked when a peer wants to join. Throwing {@link Rejection} refuses; what
 * it returns greets the member. Until it returns, the peer gets none of the channel's events.
 *
 * <p>Parameters by type: {@link Member}, {@link ChannelRef}, and at most one payload type.
 */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface OnJoin {}
