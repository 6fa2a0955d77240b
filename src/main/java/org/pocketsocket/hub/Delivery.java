package org.pocketsocket.hub;

import java.util.Collection;
import java.util.Set;
import org.pocketsocket.message.Outgoing;

/**
 * A message on its way to some peers.
 *
 * @param to read when it is delivered; the same collection stands for the same crowd
 * @param except who of them does not get it
 */
record Delivery(Collection<Peer> to, Outgoing message, Set<Peer> except) {

    /** About how much it weighs, in characters. */
    int weight() {
        if (message instanceof Outgoing.Event event) {
            return event.data().length();
        }
        return message instanceof Outgoing.Verbatim verbatim ? verbatim.text().length() : 100;
    }
}
