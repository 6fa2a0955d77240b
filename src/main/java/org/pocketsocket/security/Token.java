package org.pocketsocket.security;

import java.time.Duration;
import java.util.List;
import org.pocketsocket.Identity;

/**
 * What a token says that was found good.
 *
 * @param identity the one it is about, and its roles
 * @param id the token's own name, {@code jti}; empty without one
 * @param left how long it is good from now on
 * @param scope the channels it is good for
 */
public record Token(Identity identity, String id, Duration left, Scope scope) {

    /**
     * Channels, as patterns: a star stands for any characters.
     *
     * @param patterns exact names or patterns; without any nothing is allowed
     * @param everything no token said anything about channels
     */
    public record Scope(List<String> patterns, boolean everything) {

        public static final Scope ALL = new Scope(List.of(), true);

        public static Scope of(List<String> patterns) {
            return new Scope(List.copyOf(patterns), false);
        }

        /** Whether a channel of this name may be joined. */
        public boolean allows(String channel) {
            return everything || patterns.stream().anyMatch(pattern -> fits(pattern, channel));
        }

        /** Walks both once, and goes back to the last star at most: no pattern makes it slow. */
        private static boolean fits(String pattern, String name) {
            int p = 0;
            int n = 0;
            int star = -1;
            int mark = 0;
            while (n < name.length()) {
                if (p < pattern.length() && pattern.charAt(p) == '*') {
                    star = p++;
                    mark = n;
                } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                    p++;
                    n++;
                } else if (star >= 0) {
                    p = star + 1;
                    n = ++mark;
                } else {
                    return false;
                }
            }
            return pattern.substring(p).chars().allMatch(c -> c == '*');
        }
    }
}
