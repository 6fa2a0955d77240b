package org.pocketsocket.history;

import java.util.Set;

/**
 * An event that is kept.
 *
 * @param data as JSON
 * @param except ids of the peers who were not to get it
 */
public record Kept(long offset, String event, String data, Set<String> except) {}
