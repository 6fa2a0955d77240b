package org.pocketsocket.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All settings; what each means, its unit and its default stand in {@code reference.conf}. */
public record Settings(
        boolean echo,
        boolean relay,
        boolean verbose,
        int announce,
        List<String> origins,
        boolean standard,
        Direct direct,
        Http http,
        SocketIo socketio,
        Heartbeat heartbeat,
        Tokens tokens,
        Admin admin,
        String metrics,
        StreamSettings stream,
        Limits limits,
        Remembered history,
        Grace grace,
        Presence presence,
        int lanes) {

    private static final int DEEPEST = 1000; // scanning recurses

    /**
     * The direct door.
     *
     * @param door {@code on}, {@code off}, or {@code auto}: where the server can serve it
     */
    public record Direct(String door, int fragments, boolean deflate, boolean bare, boolean echo) {}

    /** The doors without a WebSocket. */
    public record Http(boolean poll, boolean events, int sessions, int mailbox, int request) {}

    /**
     * Socket.IO's door.
     *
     * @param path starts with a slash, and does not end with one
     * @param interval between pings
     * @param timeout for the answer to one
     * @param connect how long a client may take to ask for its first namespace
     * @param upgrade how long a WebSocket may take to take over
     * @param payload bytes of one message or request body
     * @param mailbox bytes that may wait for one client's next poll
     * @param recovery whether who comes back goes on where it was
     */
    public record SocketIo(
            boolean door,
            String path,
            Duration interval,
            Duration timeout,
            Duration connect,
            Duration upgrade,
            int payload,
            int mailbox,
            int sessions,
            boolean recovery,
            boolean echo,
            OldSocketIo old) {}

    /**
     * Socket.IO 0.9, at the same path.
     *
     * @param heartbeat how often a WebSocket is asked for a sign of life
     * @param timeout how long it may give none
     * @param close how long a session may be without a transport
     * @param poll how long a poll is held
     */
    public record OldSocketIo(boolean door, Duration heartbeat, Duration timeout, Duration close, Duration poll) {}

    public record Heartbeat(Duration interval, Duration timeout) {}

    /**
     * Who signs tokens, and what they must say.
     *
     * @param key a PEM file's path; empty for none
     * @param jwks a JWKS file's path or address; empty for none
     */
    public record Tokens(
            boolean required,
            Duration patience,
            Secret secret,
            String key,
            String jwks,
            String issuer,
            String audience,
            String roles,
            Duration leeway,
            Duration ask,
            Duration grace,
            int size,
            Jwks fetching,
            int revoked,
            Duration revocation) {

        /** Whether any can be checked. */
        public boolean known() {
            return !(secret.isEmpty() && key.isEmpty() && jwks.isEmpty());
        }
    }

    /** Times of a JWKS that is fetched. */
    public record Jwks(Duration cache, Duration refetch, Duration stale, Duration fetch) {}

    public record Admin(Secret secret, Duration session, int attempts, int together) {}

    public record Limits(
            int message,
            int publication,
            int depth,
            int id,
            int text,
            int name,
            int channels,
            int rooms,
            int asks,
            Duration ask,
            int jobs,
            int rate,
            int burst,
            int outbox,
            Duration age,
            int lane) {}

    /**
     * Reads the defaults, an application's {@code application.conf}, the environment, and system properties; the later
     * wins.
     *
     * @throws IllegalArgumentException with a sentence that names the setting, when one cannot be read
     */
    public static Settings load() {
        return load(System.getenv());
    }

    static Settings load(Map<String, String> environment) {
        ConfigFactory.invalidateCaches(); // system properties may have changed since another application read them
        Config files = ConfigFactory.load(Settings.class.getClassLoader());
        return of(overridden(files, environment));
    }

    /** The settings with these values in place of the defaults; nothing else is asked. */
    public static Settings of(Map<String, ?> values) {
        return of(ConfigFactory.parseMap(values)
                .withFallback(ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf")));
    }

    private static Settings of(Config all) {
        try {
            return read(new Reader(all));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("a setting cannot be used: " + e.getMessage(), e);
        }
    }

    private static Settings read(Reader pocket) {
        return new Settings(
                pocket.flag("echo"),
                pocket.flag("relay"),
                pocket.flag("verbose"),
                pocket.number("announce", 0, Integer.MAX_VALUE),
                pocket.list("origins"),
                pocket.flag("standard.door"),
                direct(pocket),
                http(pocket),
                socketio(pocket),
                new Heartbeat(pocket.time("heartbeat.interval"), pocket.time("heartbeat.timeout")),
                tokens(pocket),
                new Admin(
                        pocket.secret("admin.secret", 12),
                        pocket.time("admin.session"),
                        pocket.number("admin.attempts", 1, Integer.MAX_VALUE),
                        pocket.number("admin.together", 1, Integer.MAX_VALUE)),
                pocket.oneOf("metrics.access", "local", "secret", "all", "off"),
                StreamSettings.read(pocket),
                limits(pocket),
                Remembered.read(pocket),
                Grace.read(pocket),
                Presence.read(pocket),
                lanes(pocket.number("lanes", 0, 1024)));
    }

    private static int lanes(int asked) {
        return asked > 0 ? asked : Math.min(4, Runtime.getRuntime().availableProcessors());
    }

    private static Direct direct(Reader pocket) {
        return new Direct(
                pocket.oneOf("direct.door", "auto", "on", "off"),
                pocket.number("direct.fragments", 1, Integer.MAX_VALUE),
                pocket.flag("direct.deflate"),
                pocket.flag("direct.bare"),
                pocket.flag("direct.echo"));
    }

    private static Http http(Reader pocket) {
        return new Http(
                pocket.flag("http.poll"),
                pocket.flag("http.events"),
                pocket.number("http.sessions", 1, Integer.MAX_VALUE),
                pocket.bytes("http.mailbox"),
                pocket.bytes("http.request"));
    }

    private static SocketIo socketio(Reader pocket) {
        String path = pocket.text("socketio.path");
        pocket.check("socketio.path", path.matches("(/[A-Za-z0-9._~-]+)+"), "must be a path such as /socket.io");
        return new SocketIo(
                pocket.flag("socketio.door"),
                path,
                pocket.time("socketio.interval"),
                pocket.time("socketio.timeout"),
                pocket.time("socketio.connect"),
                pocket.time("socketio.upgrade"),
                pocket.bytes("socketio.payload"),
                pocket.bytes("socketio.mailbox"),
                pocket.number("socketio.sessions", 1, Integer.MAX_VALUE),
                pocket.flag("socketio.recovery"),
                pocket.flag("socketio.echo"),
                new OldSocketIo(
                        pocket.flag("socketio.old.door"),
                        pocket.time("socketio.old.heartbeat"),
                        pocket.time("socketio.old.timeout"),
                        pocket.time("socketio.old.close"),
                        pocket.time("socketio.old.poll")));
    }

    private static Tokens tokens(Reader pocket) {
        Tokens tokens = new Tokens(
                pocket.flag("tokens.required"),
                pocket.time("tokens.wait"),
                pocket.secret("tokens.secret", 32),
                pocket.text("tokens.key"),
                pocket.text("tokens.jwks"),
                pocket.text("tokens.issuer"),
                pocket.text("tokens.audience"),
                pocket.text("tokens.roles"),
                pocket.time("tokens.leeway"),
                pocket.time("tokens.ask"),
                pocket.time("tokens.grace"),
                pocket.bytes("tokens.size"),
                new Jwks(
                        pocket.time("tokens.cache"),
                        pocket.time("tokens.refetch"),
                        pocket.time("tokens.stale"),
                        pocket.time("tokens.fetch")),
                pocket.number("tokens.revoked", 1, Integer.MAX_VALUE),
                pocket.time("tokens.revocation"));
        pocket.check(
                "tokens.required",
                tokens.known() || !tokens.required(),
                "needs one of pocket.tokens.secret, pocket.tokens.key, pocket.tokens.jwks");
        return tokens;
    }

    private static Limits limits(Reader pocket) {
        return new Limits(
                pocket.bytes("limits.message"),
                pocket.bytes("limits.publication"),
                pocket.number("limits.depth", 1, DEEPEST),
                pocket.number("limits.id", 1, Integer.MAX_VALUE),
                pocket.number("limits.text", 1, Integer.MAX_VALUE),
                pocket.number("limits.name", 1, Integer.MAX_VALUE),
                pocket.number("limits.channels", 1, Integer.MAX_VALUE),
                pocket.number("limits.rooms", 1, Integer.MAX_VALUE),
                pocket.number("limits.asks", 1, Integer.MAX_VALUE),
                pocket.time("limits.ask"),
                pocket.number("limits.jobs", 1, Integer.MAX_VALUE),
                pocket.number("limits.rate", 1, Integer.MAX_VALUE),
                pocket.number("limits.burst", 1, Integer.MAX_VALUE),
                pocket.bytes("limits.outbox"),
                pocket.time("limits.age"),
                pocket.number("limits.lane", 1, Integer.MAX_VALUE));
    }

    /** Environment variables stand above files and below system properties. */
    private static Config overridden(Config config, Map<String, String> environment) {
        Config result = config;
        for (Map.Entry<String, ConfigValue> entry : config.getConfig("pocket").entrySet()) {
            String path = "pocket." + entry.getKey();
            String variable = path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            String value = environment.get(variable);
            if (value != null && System.getProperty(path) == null) {
                result = result.withValue(path, ConfigValueFactory.fromAnyRef(value, variable));
            }
        }
        return result;
    }
}
