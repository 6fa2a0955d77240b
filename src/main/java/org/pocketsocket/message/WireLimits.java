package org.pocketsocket.message;

/**
 * What a codec accepts.
 *
 * @param id characters of an envelope's id
 * @param message characters of an envelope's {@code message}
 * @param depth how deep JSON may be nested
 */
public record WireLimits(int id, int message, int depth) {

    public static final WireLimits DEFAULT = new WireLimits(128, 4096, 64);
}
