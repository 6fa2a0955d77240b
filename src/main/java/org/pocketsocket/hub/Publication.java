package org.pocketsocket.hub;

import java.util.Set;
import java.util.stream.Collectors;
import org.pocketsocket.history.Archive;
import org.pocketsocket.history.Terms;

/**
 * An event for a whole channel or room that keeps its history.
 *
 * @param room empty for the channel itself
 * @param data as JSON
 * @param spread it is an array of several values
 */
record Publication(String room, String event, String data, boolean spread, Set<Peer> except, Terms terms) {

    Archive.Draft draft() {
        return new Archive.Draft(
                event, data, except.stream().map(peer -> peer.id).collect(Collectors.toUnmodifiableSet()));
    }
}
