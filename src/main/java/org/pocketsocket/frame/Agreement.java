package org.pocketsocket.frame;

import java.util.List;
import java.util.Optional;

/** What both sides have agreed to speak. */
public record Agreement(Optional<String> subprotocol, List<Extension> extensions) {
    /** Neither subprotocol nor extension. */
    public static final Agreement PLAIN = new Agreement(Optional.empty(), List.of());

    public Agreement {
        extensions = List.copyOf(extensions);
    }

    public static Agreement ofSubprotocol(String name) {
        return new Agreement(Optional.of(name), List.of());
    }

    public Agreement with(Extension extension) {
        return new Agreement(subprotocol, List.of(extension));
    }
}
