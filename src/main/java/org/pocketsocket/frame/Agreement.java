package org.pocketsocket.frame;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What both sides have agreed to speak. */
public record Agreement(Optional<String> subprotocol, List<Extension> extensions) {
    /** Neither subprotocol nor extension. */
    public static final Agreement PLAIN = new Agreement(Optional.empty(), List.of());

    public Agreement {
        extensions = List.copyOf(extensions);
    }

    public Agreement withSubprotocol(String name) {
        return new Agreement(Optional.of(name), extensions);
    }

    public Agreement with(Extension more) {
        return new Agreement(
                subprotocol, Stream.concat(extensions.stream(), Stream.of(more)).toList());
    }
}
