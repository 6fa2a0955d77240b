package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** How often one member may cause a handler to run; more is refused with 4429. A token bucket, full at the start. */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface RateLimit {

    /** How many, per {@link #seconds}; as many at once. At least 1. */
    int value();

    /** The time in which as many come back. At least 1. */
    int seconds() default 1;
}
