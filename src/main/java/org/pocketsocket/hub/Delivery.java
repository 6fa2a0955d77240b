package org.pocketsocket.hub;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Outgoing;

/**
 * A message on its way to some peers.
 *
 * @param to read when it is delivered; the same collection stands for the same crowd
 * @param except who of them does not get it
 */
record Delivery(Collection<Peer> to, Outgoing message, Set<Peer> except, How how) {

    /** @param key with {@link Policy#KEEP_LATEST}: the next one of the same key replaces it, while it has not left */
    record How(Policy policy, @Nullable String key) {

        static final How SAFE = new How(Policy.CLOSE, null);
        static final How VOLATILE = new How(Policy.VOLATILE, null);
    }

    /** Whether this may travel in one parcel with the one before it. */
    @SuppressWarnings("ReferenceEquality") // the same crowd, not an equal one: comparing crowds would walk them
    boolean continues(Delivery before) {
        return to == before.to && how.policy == before.how.policy && how.key == null && before.how.key == null;
    }

    /** About how much it weighs, in characters. */
    int weight() {
        if (message instanceof Outgoing.Event event) {
            return event.data().length();
        }
        return message instanceof Outgoing.Verbatim verbatim ? verbatim.text().length() : 100;
    }
}
