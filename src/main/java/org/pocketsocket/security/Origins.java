package org.pocketsocket.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Says which pages may connect: those we served ourselves, pages on this machine when only this machine can reach us,
 * and the listed ones. CORS does not protect WebSockets; this does. Thread-safe.
 */
public final class Origins {

    private static final Logger LOG = Logger.getLogger(Origins.class.getName());
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int REMEMBERED = 100;

    private final List<String> listed;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** @param listed origins such as {@code https://example.org}, {@code https://*.example.org}, or {@code *} */
    public Origins(List<String> listed) {
        this.listed = listed.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT).replaceFirst("/$", ""))
                .toList();
    }

    /**
     * Whether a page of this origin may connect.
     *
     * @param origin the {@code Origin} header; no browser leaves it out, so without one it is no page that asks
     * @param host the {@code Host} header: what the page, were it ours, would have been loaded from
     * @param onLoopback the request reached us by a loopback address
     */
    public boolean allows(@Nullable String origin, @Nullable String host, boolean onLoopback) {
        if (origin == null) {
            return true;
        }
        String asked = origin.toLowerCase(Locale.ROOT);
        boolean allowed = listed.stream().anyMatch(pattern -> matches(pattern, asked))
                || isOurs(asked, host)
                || (onLoopback && isLoopback(asked));
        if (!allowed && refused.size() < REMEMBERED && refused.add(asked)) {
            LOG.warning(() -> "A page of origin " + printable(asked)
                    + " was refused. To let it in, start with --allow-origin=ORIGIN or set pocket.origins.");
        }
        return allowed;
    }

    private static boolean matches(String pattern, String origin) {
        int star = pattern.indexOf('*');
        if (star < 0 || pattern.equals("*")) {
            return star == 0 || pattern.equals(origin);
        }
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1);
        if (origin.length() <= before.length() + after.length()
                || !origin.startsWith(before)
                || !origin.endsWith(after)) {
            return false;
        }
        String wild = origin.substring(before.length(), origin.length() - after.length());
        return wild.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '.');
    }

    private static boolean isOurs(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        String ours = host.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + without(":80", ours)) || origin.equals("https://" + without(":443", ours));
    }

    /** Browsers leave the usual port out of an origin, proxies may put it into Host. */
    private static String without(String port, String host) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    private static boolean isLoopback(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && LOOPBACK.contains(host);
        } catch (IllegalArgumentException e) {
            return false; // "null", or nonsense
        }
    }

    private static String printable(String origin) {
        String cut = origin.length() > 200 ? origin.substring(0, 200) : origin;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
