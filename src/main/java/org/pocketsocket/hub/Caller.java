package org.pocketsocket.hub;

/** Where a peer calls from, as the server sees it. */
public record Caller(String address, int port) {

    @Override
    public String toString() {
        return (address.indexOf(':') < 0 ? address : '[' + address + ']') + ':' + port;
    }
}
