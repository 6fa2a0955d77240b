package org.pocketsocket.client.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.pocketsocket.frame.Headers;

/**
 * How to get to a server, and what to take from it.
 *
 * @param headers of every request: cookies, authorization
 * @param proxy an HTTP proxy, asked for a tunnel (CONNECT)
 * @param tls whom to trust with wss and https
 * @param opening how long all of opening may take
 * @param message the most bytes of a message or a body
 */
public record Route(Loop loop, Headers headers, Optional<Proxy> proxy, SSLContext tls, Duration opening, int message) {

    /**
     * An HTTP proxy.
     *
     * @param authorization for the header {@code Proxy-Authorization}
     */
    public record Proxy(InetSocketAddress address, Optional<String> authorization) {}

    /** The same with other headers. */
    public Route with(Headers other) {
        return new Route(loop, other, proxy, tls, opening, message);
    }
}
