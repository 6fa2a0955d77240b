package org.pocketsocket.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.Arrays;
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
        Heartbeat heartbeat,
        Limits limits,
        int lanes) {

    /**
     * The direct door.
     *
     * @param door {@code on}, {@code off}, or {@code auto}: where the server can serve it
     */
    public record Direct(String door, int fragments, boolean deflate, boolean echo) {}

    public record Heartbeat(Duration interval, Duration timeout) {}

    public record Limits(
            int message,
            int publication,
            int depth,
            int id,
            int text,
            int name,
            int channels,
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
        ConfigFactory.invalidateCaches(); // system properties may have changed since another application read them
        Config files = ConfigFactory.load(Settings.class.getClassLoader());
        return of(overridden(files, System.getenv()));
    }

    /** The settings with these values in place of the defaults. */
    public static Settings of(Map<String, ?> values) {
        return of(ConfigFactory.parseMap(values)
                .withFallback(ConfigFactory.defaultReference(Settings.class.getClassLoader())));
    }

    private static Settings of(Config all) {
        try {
            return read(all.getConfig("pocket"));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("a setting cannot be used: " + e.getMessage(), e);
        }
    }

    private static Settings read(Config pocket) {
        int lanes = pocket.getInt("lanes");
        return new Settings(
                pocket.getBoolean("echo"),
                pocket.getBoolean("relay"),
                pocket.getBoolean("verbose"),
                pocket.getInt("announce"),
                list(pocket.getString("origins")),
                pocket.getBoolean("standard.door"),
                direct(pocket.getConfig("direct")),
                new Heartbeat(pocket.getDuration("heartbeat.interval"), pocket.getDuration("heartbeat.timeout")),
                limits(pocket.getConfig("limits")),
                lanes > 0 ? lanes : Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    private static Direct direct(Config direct) {
        return new Direct(
                oneOf(direct, "door", "auto", "on", "off"),
                direct.getInt("fragments"),
                direct.getBoolean("deflate"),
                direct.getBoolean("echo"));
    }

    private static String oneOf(Config config, String name, String... values) {
        String value = config.getString(name);
        if (!Arrays.asList(values).contains(value)) {
            throw new ConfigException.BadValue(config.origin(), name, "one of " + String.join(", ", values));
        }
        return value;
    }

    private static Limits limits(Config limits) {
        return new Limits(
                bytes(limits, "message"),
                bytes(limits, "publication"),
                limits.getInt("depth"),
                limits.getInt("id"),
                limits.getInt("text"),
                limits.getInt("name"),
                limits.getInt("channels"),
                bytes(limits, "outbox"),
                limits.getDuration("age"),
                limits.getInt("lane"));
    }

    private static int bytes(Config limits, String name) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, limits.getBytes(name)));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(part -> !part.isEmpty())
                .toList();
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
