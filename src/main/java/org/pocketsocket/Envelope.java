package org.pocketsocket;

/**
 * An event as it came, for handlers that want all of it.
 *
 * @param id the sender's name for it, as JSON; {@code null} (the JSON word) without one
 * @param data the payload, as JSON
 */
public record Envelope(String id, String channel, String event, String data) {}
