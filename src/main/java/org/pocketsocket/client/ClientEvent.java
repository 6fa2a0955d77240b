package org.pocketsocket.client;

/**
 * An event that came.
 *
 * @param channel its channel; {@code socket} for what the server says by itself
 * @param name what it is called
 */
public record ClientEvent(String channel, String name, Payload data) {}
