package org.pocketsocket.bench.load;

import java.util.List;

/**
 * How to talk to a server, as texts for its WebSocket.
 *
 * @param path where its WebSocket is
 * @param hello what a client sends first
 * @param ready what the server's answer to that contains
 * @param shout goes to all members; each gets the marker once
 * @param say is answered to the sender alone, with the marker in the answer
 */
public record Dialect(String path, List<String> hello, String ready, String shout, String say) {

    /** In every message that counts, and in nothing else. */
    public static final String MARKER = "@@M";

    /** Makes the event that a pocket client gets 113 bytes long. */
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, again and again, amen." + MARKER;

    private static final String DATA = "{\"text\":\"" + TEXT + "\"}";

    /** With that many more characters in what goes to all. */
    public Dialect heavier(int characters) {
        return new Dialect(path, hello, ready, shout.replace(MARKER, "x".repeat(characters) + MARKER), say);
    }

    /** Pocketsocket's own, and that of the bare {@code ws} server. */
    public static Dialect pocket(String path) {
        return pocket(path, "echo");
    }

    /** The same with another channel. */
    public static Dialect pocket(String path, String channel) {
        return new Dialect(
                path,
                List.of("{\"id\":\"1\",\"message\":\"socket.join\",\"data\":{\"channel\":\"" + channel + "\"}}"),
                "\"socket\":\"sent\"",
                "{\"message\":\"" + channel + ".shout\",\"data\":" + DATA + "}",
                "{\"id\":\"2\",\"message\":\"" + channel + ".say\",\"data\":" + DATA + "}");
    }

    /** What our own engine sends back unread: the price of a message without codec, hub and bean. */
    public static Dialect echo(String path) {
        Dialect pocket = pocket(path);
        return new Dialect(path, List.of("hello"), "hello", pocket.shout, pocket.say);
    }

    /** The same channel of ours as a namespace. */
    public static Dialect ourSocketIo() {
        return new Dialect(
                socketIo().path,
                List.of("40/echo,"),
                "40/echo,{\"sid\"",
                "42/echo,[\"shout\"," + DATA + "]",
                "42/echo,1[\"say\"," + DATA + "]");
    }

    /** Socket.IO 5 in Engine.IO 4, on a WebSocket from the start. */
    public static Dialect socketIo() {
        return new Dialect(
                "/socket.io/?EIO=4&transport=websocket",
                List.of("40"),
                "40{\"sid\"",
                "42[\"shout\"," + DATA + "]",
                "421[\"say\"," + DATA + "]");
    }
}
