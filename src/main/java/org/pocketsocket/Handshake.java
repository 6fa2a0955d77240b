package org.pocketsocket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client said, and the server saw, when it connected.
 *
 * @param address the client's network address, without a port
 * @param port the client's port
 * @param headers the request's, whatever the case of their names; without those of the WebSocket handshake
 * @param query the parameters behind the question mark
 * @param identity who it was then
 */
public record Handshake(
        String address,
        int port,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        Identity identity) {

    public Handshake {
        TreeMap<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = java.util.Collections.unmodifiableMap(anyCase);
        query = Map.copyOf(query);
    }

    /** A client of which no more is known. */
    public static Handshake from(String address, int port) {
        return new Handshake(address, port, Map.of(), Map.of(), Identity.ANONYMOUS);
    }

    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }
}
