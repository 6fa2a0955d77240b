package org.pocketsocket.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Channelstream's API.
 *
 * @param secret closed to backends without one
 * @param from addresses that may call; {@code 0.0.0.0} is everybody
 * @param cors origins whose pages may read the answers; a star is all
 * @param https whether calls without TLS are refused
 * @param demo {@code on}, {@code off}, or {@code auto}: where the demo's page is part of the application
 * @param request a body's bytes
 */
public record StreamSettings(
        Secret secret,
        List<String> from,
        List<String> cors,
        boolean https,
        String demo,
        int request,
        Times times,
        Most most) {

    /**
     * How long things last.
     *
     * @param age of a signed request
     * @param visit of a signature that a browser shows
     * @param wake how long a poll is held while nothing comes
     * @param gather how long it waits for more when something came
     * @param heartbeat between two signs of life from us
     * @param idle a connection that nothing was sent to or heard from is collected
     * @param people a user whom nobody asked for is forgotten
     * @param channels a channel that nobody is in is forgotten
     */
    public record Times(
            Duration age,
            Duration visit,
            Duration wake,
            Duration gather,
            Duration heartbeat,
            Duration idle,
            Duration people,
            Duration channels) {}

    /**
     * How much there may be.
     *
     * @param history messages a channel's history may be asked to keep
     * @param frames kept per channel for who was away
     * @param direct the same per user, for what was sent to users and no channel
     * @param missed remembered per connection that is away
     * @param memory bytes of all that is kept
     * @param listed users in one presence notice
     */
    public record Most(
            int connections,
            int people,
            int channels,
            int history,
            int frames,
            int direct,
            int missed,
            int memory,
            int listed) {}

    /** Whether there is anything to serve to backends. */
    public boolean isOpen() {
        return !secret.isEmpty();
    }

    static StreamSettings read(Reader pocket) {
        return new StreamSettings(
                pocket.secret("stream.secret", 1),
                list(pocket.text("stream.from")),
                list(pocket.text("stream.cors")),
                pocket.flag("stream.https"),
                pocket.oneOf("stream.demo", "auto", "on", "off"),
                pocket.bytes("stream.request"),
                times(pocket),
                most(pocket));
    }

    private static Times times(Reader pocket) {
        return new Times(
                pocket.time("stream.age"),
                pocket.time("stream.visit"),
                pocket.time("stream.wake"),
                pocket.time("stream.gather"),
                pocket.time("stream.heartbeat"),
                pocket.time("stream.idle"),
                pocket.time("stream.forget.users"),
                pocket.time("stream.forget.channels"));
    }

    private static Most most(Reader pocket) {
        return new Most(
                pocket.number("stream.connections", 1, Integer.MAX_VALUE),
                pocket.number("stream.users", 1, Integer.MAX_VALUE),
                pocket.number("stream.channels", 1, Integer.MAX_VALUE),
                pocket.number("stream.history", 0, Integer.MAX_VALUE),
                pocket.number("stream.frames", 0, Integer.MAX_VALUE),
                pocket.number("stream.direct", 0, Integer.MAX_VALUE),
                pocket.number("stream.missed", 0, Integer.MAX_VALUE),
                pocket.bytes("stream.memory"),
                pocket.number("stream.listed", 0, Integer.MAX_VALUE));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
