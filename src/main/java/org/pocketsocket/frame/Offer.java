package org.pocketsocket.frame;

import java.util.List;

/**
 * What a client's valid opening handshake offers.
 *
 * @param accept the proof that we understood, for {@code Sec-WebSocket-Accept}
 * @param subprotocols in the client's order of preference
 */
public record Offer(String accept, List<String> subprotocols, List<Extension> extensions) {
    public Offer {
        subprotocols = List.copyOf(subprotocols);
        extensions = List.copyOf(extensions);
    }
}
