package org.pocketsocket;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** The method of a {@link Channel} bean that handles the events no other does. Parameters as with {@link On}. */
@Documented
@Target(METHOD)
@Retention(RUNTIME)
public @interface OnAny {}
