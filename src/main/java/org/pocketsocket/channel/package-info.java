/** Turns annotated CDI beans into channel handlers: finds, checks, and calls them. */
@NullMarked
package org.pocketsocket.channel;

import org.jspecify.annotations.NullMarked;
