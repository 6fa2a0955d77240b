package org.pocketsocket.history;

/**
 * A place in a stream.
 *
 * @param epoch another one after history was lost: offsets of different epochs have nothing to do with each other
 * @param offset of the event there; the first has 1, and 0 is the place before it
 */
public record Place(String epoch, long offset) {}
