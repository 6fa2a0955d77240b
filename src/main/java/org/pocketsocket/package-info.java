/**
 * What an application imports: annotations that make a bean a channel, and the few interfaces to send with. Nothing here
 * needs a server.
 */
@NullMarked
package org.pocketsocket;

import org.jspecify.annotations.NullMarked;
