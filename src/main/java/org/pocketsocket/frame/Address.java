package org.pocketsocket.frame;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A ws or wss URI, taken apart (RFC 6455, 3).
 *
 * @param host as in the URI, an IPv6 address without its brackets
 * @param target path and query, as the request line wants them
 */
public record Address(boolean secure, String host, int port, String target) {
    private static final Pattern URI = Pattern.compile("(?i)ws(?<secure>s)?://"
            + "(?:\\[(?<six>[0-9a-f:.]+)]|(?<name>[a-z0-9._~%!$&'()*+,;=-]+))"
            + "(?::(?<port>\\d{1,5})?)?"
            + "(?<path>/[!-~&&[^?#]]*)?"
            + "(?<query>\\?[!-~&&[^#]]*)?");

    private static final int MAX_PORT = 65_535;

    public Address {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
    }

    /** Reads a URI in ASCII, without a user or a fragment: RFC 6455 knows neither. */
    public static Address parse(String uri) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a ws:// or wss:// URI: " + uri);
        }
        boolean secure = part(parts, "secure").isPresent();
        String host = part(parts, "six").or(() -> part(parts, "name")).orElseThrow();
        int port = part(parts, "port").map(Integer::valueOf).orElse(usualPort(secure));
        String path = part(parts, "path").orElse("/");
        return new Address(secure, host, port, path + part(parts, "query").orElse(""));
    }

    /** For the Host header: the port only where it is not the usual one. */
    String authority() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == usualPort(secure) ? name : name + ":" + port;
    }

    private static int usualPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private static Optional<String> part(Matcher parts, String name) {
        return Optional.ofNullable(parts.group(name));
    }
}
