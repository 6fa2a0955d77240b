/**
 * Channelstream's HTTP API: {@code /connect}, {@code /message} and so on for web applications, {@code /ws} and
 * {@code /listen} for their browsers. What it calls a channel is a room of the channel {@code stream}.
 */
@NullMarked
package org.pocketsocket.stream;

import org.jspecify.annotations.NullMarked;
