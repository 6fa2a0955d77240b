package org.pocketsocket.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What can be typed after the jar's name. */
@Command(
        name = "pocketsocket",
        description = "Realtime messaging for Jakarta EE.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LauncherOptions {

    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 8001;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "host", description = "Host or address to listen on.")
    private @Nullable String positionalHost;

    @Parameters(index = "1", arity = "0..1", paramLabel = "port", description = "Port to listen on, 1 to 65535.")
    private @Nullable Integer positionalPort;

    @Option(
            names = "--host",
            paramLabel = "host",
            defaultValue = DEFAULT_HOST,
            description = "The same as an option; default ${DEFAULT-VALUE}.")
    private String host = DEFAULT_HOST;

    @Option(
            names = "--port",
            paramLabel = "port",
            defaultValue = "" + DEFAULT_PORT,
            description = "The same as an option; default ${DEFAULT-VALUE}.")
    private int port = DEFAULT_PORT;

    @Option(
            names = {"-e", "--echo"},
            description = "The sender gets its own messages back, too.")
    private boolean echo;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print connects, disconnects and every message.")
    private boolean verbose;

    // what --verbose was called before (PS-9)
    @Option(
            names = {"-s", "--spy"},
            hidden = true)
    private boolean spy;

    @Option(
            names = "--allow-origin",
            paramLabel = "origin",
            split = ",",
            description = "Pages from this origin may connect; may be repeated.")
    private List<String> origins = List.of();

    @Option(names = "--channels", paramLabel = "jar", description = "Channels of your own, as a jar; may be repeated.")
    private List<Path> channels = List.of();

    /** Where to listen. A positional value wins over its option (PS-3). */
    Address address() {
        int asked = Optional.ofNullable(positionalPort).orElse(port);
        if (asked < 1 || asked > 65535) {
            throw invalid("Invalid port: " + asked + " is not between 1 and 65535");
        }
        String name = Optional.ofNullable(positionalHost).orElse(host).strip();
        if (name.isEmpty()) {
            throw invalid("Invalid host: it is empty");
        }
        return new Address(name.replaceAll("^\\[(.*)]$", "$1"), asked);
    }

    /** The jars with channels. */
    List<Path> channels() {
        return channels;
    }

    /**
     * The settings as the application reads them. Only what was asked for: whatever was given as -Dpocket.… stays in
     * force otherwise.
     */
    Properties settings() {
        Properties settings = new Properties();
        if (echo) {
            settings.setProperty("pocket.echo", "true");
        }
        if (verbose || spy) {
            settings.setProperty("pocket.verbose", "true");
        }
        if (!origins.isEmpty()) {
            settings.setProperty("pocket.origins", String.join(",", origins));
        }
        return settings;
    }

    private ParameterException invalid(String sentence) {
        return new ParameterException(Optional.ofNullable(spec).orElseThrow().commandLine(), sentence);
    }
}
