package org.pocketsocket.history;

/**
 * What has one order and one history.
 *
 * @param room empty for the channel itself
 */
public record StreamName(String channel, String room) {}
