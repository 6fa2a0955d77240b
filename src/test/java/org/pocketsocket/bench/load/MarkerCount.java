package org.pocketsocket.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Counts how often a marker comes by in one connection's bytes, however they are cut. */
public final class MarkerCount {

    private final byte[] marker;
    private final int[] fallback;
    private int matched;

    public MarkerCount(String marker) {
        this.marker = marker.getBytes(ISO_8859_1);
        this.fallback = fallback(this.marker);
    }

    /** The markers that end within these bytes. */
    public int in(byte[] bytes, int from, int to) {
        int count = 0;
        int at = from;
        while (at < to) {
            if (matched == 0) {
                at = first(bytes, at, to);
                if (at == to) {
                    break;
                }
            }
            step(bytes[at++]);
            if (matched == marker.length) {
                matched = 0; // markers do not overlap
                count++;
            }
        }
        return count;
    }

    private int first(byte[] bytes, int from, int to) {
        byte wanted = marker[0];
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private void step(byte next) {
        while (matched > 0 && marker[matched] != next) {
            matched = fallback[matched - 1];
        }
        if (marker[matched] == next) {
            matched++;
        }
    }

    /** For each prefix, the length of its longest proper prefix that is its suffix too (Knuth, Morris, Pratt). */
    private static int[] fallback(byte[] marker) {
        int[] border = new int[marker.length];
        int length = 0;
        for (int i = 1; i < marker.length; i++) {
            while (length > 0 && marker[i] != marker[length]) {
                length = border[length - 1];
            }
            if (marker[i] == marker[length]) {
                length++;
            }
            border[i] = length;
        }
        return border;
    }
}
