package org.pocketsocket.hub;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.WhenSlow;
import org.pocketsocket.message.Outgoing;

/**
 * A message on its way to some peers.
 *
 * @param to read when it is delivered; the same collection stands for the same crowd
 * @param except who of them does not get it
 * @param whenSlow what becomes of it for those who are too slow
 */
record Delivery(Collection<Peer> to, Outgoing message, Set<Peer> except, WhenSlow whenSlow) {

    /** Whether this may travel in one parcel with the one before it. */
    @SuppressWarnings("ReferenceEquality") // the same crowd, not an equal one: comparing crowds would walk them
    boolean continues(Delivery before) {
        return to == before.to && whenSlow == before.whenSlow && whenSlow != WhenSlow.KEEP_LATEST;
    }

    /** The next one with the same key replaces it, while it has not left; null: none does. */
    @Nullable
    String key() {
        boolean replaceable = whenSlow == WhenSlow.KEEP_LATEST && message instanceof Outgoing.Event;
        return replaceable ? ((Outgoing.Event) message).channel() + '.' + ((Outgoing.Event) message).event() : null;
    }

    /** About how much it weighs, in characters. */
    int weight() {
        if (message instanceof Outgoing.Event event) {
            return event.data().length();
        }
        return message instanceof Outgoing.Verbatim verbatim ? verbatim.text().length() : 100;
    }
}
