package org.pocketsocket.client.net;

import java.net.URI;
import org.pocketsocket.frame.Address;

/** A server and a path on it; {@code ws}, {@code wss}, {@code http} and {@code https} alike. */
public record Place(Address address) {

    /**
     * Reads a URI.
     *
     * @throws IllegalArgumentException when the URI has another scheme, or no host
     */
    public static Place of(URI uri) {
        return new Place(Address.parse(uri.toASCIIString().replaceFirst("(?i)^http", "ws")));
    }

    /** Another path and query on the same server. */
    public Place at(String target) {
        return new Place(new Address(address.secure(), address.host(), address.port(), target));
    }

    public String path() {
        return address.target().replaceFirst("\\?.*", "");
    }

    /** With its question mark; empty without one. */
    public String query() {
        return address.target().substring(path().length());
    }

    /** For a URI: {@code ws://host:port/path}. */
    public String webSocket() {
        return (address.secure() ? "wss://" : "ws://") + this + address.target();
    }

    /** Host and port. */
    @Override
    public String toString() {
        String host = address.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.port();
    }
}
