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
 * <p>Parameters by type: {@link Member}, {@link ChannelRef}.
 */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface OnLeave {}
