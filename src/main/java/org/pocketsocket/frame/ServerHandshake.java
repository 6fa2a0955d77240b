package org.pocketsocket.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The server's half of the opening handshake (RFC 6455, 4.2): is this request one, and what do we answer? */
public final class ServerHandshake {
    static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE = 16;

    private ServerHandshake() {}

    /**
     * Checks a request.
     *
     * @throws HandshakeException with the response to send, when it is no valid opening handshake
     */
    public static Offer verify(Request request) {
        if (!request.method().equals("GET")) {
            throw HandshakeException.refusal(
                    405, "Method Not Allowed", "The method must be GET.", Headers.of("Allow", "GET"));
        }
        if (!request.version().equals("HTTP/1.1")) {
            throw HandshakeException.refusal(
                    505, "HTTP Version Not Supported", "The version must be HTTP/1.1.", Headers.NONE);
        }
        Headers headers = request.headers();
        require(headers.tokens("Host").size() == 1, "There must be one Host.");
        verifyUpgrade(headers);
        return new Offer(
                accept(key(headers)), headers.tokens(SUBPROTOCOL), Extension.parse(headers.joined(Extension.HEADER)));
    }

    /** The 101 that opens the connection. Of what was offered, the agreement takes what suits us; more headers are ours. */
    public static Response response(Offer offer, Agreement agreement, Headers more) {
        Headers headers =
                Headers.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", offer.accept());
        if (agreement.subprotocol().isPresent()) {
            String chosen = agreement.subprotocol().get();
            if (!offer.subprotocols().contains(chosen)) {
                throw new IllegalArgumentException("The client did not offer the subprotocol " + chosen);
            }
            headers = headers.with(SUBPROTOCOL, chosen);
        }
        return new Response(
                Response.SWITCHING_PROTOCOLS,
                "Switching Protocols",
                withExtensions(headers, offer, agreement).with(more));
    }

    /** The proof that a server has understood this key (RFC 6455, 4.2.2). */
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static Headers withExtensions(Headers headers, Offer offer, Agreement agreement) {
        if (agreement.extensions().isEmpty()) {
            return headers;
        }
        for (Extension extension : agreement.extensions()) {
            if (!extension.isAmong(offer.extensions())) {
                throw new IllegalArgumentException("The client did not offer the extension " + extension.name());
            }
        }
        return headers.with(Extension.HEADER, Extension.format(agreement.extensions()));
    }

    private static void verifyUpgrade(Headers headers) {
        require(headers.hasToken("Upgrade", "websocket"), "Upgrade must be websocket.");
        require(headers.hasToken("Connection", "Upgrade"), "Connection must have the token Upgrade.");
        if (!headers.joined("Sec-WebSocket-Version").equals("13")) {
            throw HandshakeException.refusal(
                    426,
                    "Upgrade Required",
                    "Bad version from client: it must be 13.",
                    Headers.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
        }
    }

    private static String key(Headers headers) {
        String key = headers.joined("Sec-WebSocket-Key");
        require(nonceSize(key) == NONCE, "Bad nonce from client: Sec-WebSocket-Key must be 16 bytes in base64.");
        return key;
    }

    private static int nonceSize(String key) {
        try {
            return Base64.getDecoder().decode(key).length;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private static void require(boolean kept, String sentence) {
        if (!kept) {
            throw HandshakeException.malformed(sentence);
        }
    }
}
