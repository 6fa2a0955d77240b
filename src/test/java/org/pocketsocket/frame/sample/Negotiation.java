package org.pocketsocket.frame.sample;

import java.util.Optional;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.ClientHandshake;
import org.pocketsocket.frame.Deflate;
import org.pocketsocket.frame.DeflateTerms;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Offer;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Response;
import org.pocketsocket.frame.Role;
import org.pocketsocket.frame.ServerHandshake;

/** A subprotocol and permessage-deflate, agreed in the opening handshake. */
public final class Negotiation {
    private Negotiation() {}

    public static ClientHandshake ask(String uri) {
        return ClientHandshake.to(uri)
                .offer("chat")
                .offer(DeflateTerms.TAKEOVER.extension())
                .with(Headers.of("Origin", "https://example.com"));
    }

    /** The server's answer: {@code new Deflate(Role.SERVER, terms)} goes to its connection. */
    public static Response answer(Request request) {
        Offer offer = ServerHandshake.verify(request);
        Agreement agreement = Agreement.PLAIN;
        if (offer.subprotocols().contains("chat")) {
            agreement = agreement.withSubprotocol("chat");
        }
        Optional<DeflateTerms> terms = DeflateTerms.TAKEOVER.accept(offer.extensions());
        if (terms.isPresent()) {
            agreement = agreement.with(terms.get().extension());
        }
        return ServerHandshake.response(offer, agreement, Headers.NONE);
    }

    /** What the client may do with the answer. Whoever makes a Deflate closes it. */
    public static Optional<Deflate> agreed(ClientHandshake handshake, Response response) {
        Agreement agreement = handshake.verify(response).orElseThrow();
        return DeflateTerms.TAKEOVER.confirm(agreement.extensions()).map(terms -> new Deflate(Role.CLIENT, terms));
    }
}
