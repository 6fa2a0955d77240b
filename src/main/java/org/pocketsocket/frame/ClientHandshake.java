package org.pocketsocket.frame;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The client's half of the opening handshake (RFC 6455, 4.1): a request to send, and a look at the response.
 *
 * <pre>{@code
 * var handshake = ClientHandshake.to("ws://example.com/chat").offer("chat.v2", "chat.v1");
 * out.write(handshake.request().format());
 * }</pre>
 */
public final class ClientHandshake {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 16;

    private final Address address;
    private final String key;
    private final Offer offer;
    private final Headers more;

    private ClientHandshake(Address address, String key, Offer offer, Headers more) {
        this.address = address;
        this.key = key;
        this.offer = offer;
        this.more = more;
    }

    /** To a ws:// or wss:// URI, with a fresh key. */
    public static ClientHandshake to(String uri) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return to(Address.parse(uri), nonce);
    }

    /** With a key of one's own: 16 bytes, fresh and random. */
    public static ClientHandshake to(Address address, byte[] nonce) {
        if (nonce.length != NONCE) {
            throw new IllegalArgumentException("A key has 16 bytes, not " + nonce.length);
        }
        String key = Base64.getEncoder().encodeToString(nonce);
        Offer nothing = new Offer(ServerHandshake.accept(key), List.of(), List.of());
        return new ClientHandshake(address, key, nothing, Headers.NONE);
    }

    /** Offers these subprotocols, the preferred one first. */
    public ClientHandshake offer(String... subprotocols) {
        return new ClientHandshake(
                address, key, new Offer(offer.accept(), List.of(subprotocols), offer.extensions()), more);
    }

    /** Offers these extensions, the preferred one first. */
    public ClientHandshake offer(Extension... extensions) {
        return new ClientHandshake(
                address, key, new Offer(offer.accept(), offer.subprotocols(), List.of(extensions)), more);
    }

    /** Adds headers to the request: Origin, Cookie, Authorization. */
    public ClientHandshake with(Headers headers) {
        return new ClientHandshake(address, key, offer, more.with(headers));
    }

    public Address address() {
        return address;
    }

    public Request request() {
        Headers headers = Headers.of("Host", address.authority(), "Upgrade", "websocket", "Connection", "Upgrade")
                .with("Sec-WebSocket-Key", key)
                .with("Sec-WebSocket-Version", "13");
        if (!offer.subprotocols().isEmpty()) {
            headers = headers.with(ServerHandshake.SUBPROTOCOL, String.join(", ", offer.subprotocols()));
        }
        if (!offer.extensions().isEmpty()) {
            headers = headers.with(Extension.HEADER, Extension.format(offer.extensions()));
        }
        return new Request("GET", address.target(), "HTTP/1.1", headers.with(more));
    }

    /**
     * Looks at the response. Anything but a 101 agrees on nothing: what it means, a login or another place, is the
     * application's to say.
     *
     * @throws HandshakeException when a 101 does not prove that it is for us, or agrees on what was not offered
     */
    public Optional<Agreement> verify(Response response) {
        if (response.status() != Response.SWITCHING_PROTOCOLS) {
            return Optional.empty();
        }
        Headers headers = response.headers();
        require(headers.joined("Upgrade").equalsIgnoreCase("websocket"), "Upgrade must be websocket.");
        require(headers.hasToken("Connection", "Upgrade"), "Connection must have the token Upgrade.");
        require(headers.joined("Sec-WebSocket-Accept").equals(offer.accept()), "Wrong Sec-WebSocket-Accept.");
        return Optional.of(new Agreement(subprotocol(headers), extensions(headers)));
    }

    private Optional<String> subprotocol(Headers headers) {
        String chosen = headers.joined(ServerHandshake.SUBPROTOCOL);
        require(chosen.isEmpty() || offer.subprotocols().contains(chosen), "A subprotocol that was not offered.");
        return Optional.of(chosen).filter(name -> !name.isEmpty());
    }

    private List<Extension> extensions(Headers headers) {
        List<Extension> chosen = Extension.parse(headers.joined(Extension.HEADER));
        require(
                chosen.stream().allMatch(extension -> extension.isAmong(offer.extensions())),
                "An extension that was not offered.");
        return chosen;
    }

    private static void require(boolean kept, String sentence) {
        if (!kept) {
            throw HandshakeException.malformed(sentence);
        }
    }
}
