package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * The method of a {@link Channel} bean that is given what its handlers threw, but for {@link Rejection}: the exception is
 * a parameter of type {@link Throwable}, others are found by type. It may throw a {@link Rejection}, or return the
 * acknowledgement; what it throws else is logged.
 */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface OnError {}
