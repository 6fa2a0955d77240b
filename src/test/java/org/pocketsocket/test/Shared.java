package org.pocketsocket.test;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Servers for all tests that need nothing else: each starts with the first that asks for it, and ends with the JVM. Nobody
 * stops them, and everybody leaves when the test ends.
 */
public enum Shared {

    /** As it comes. */
    PLAIN(Server::with),

    /** With the fixture's channels, for backends that know the secret and have little to say. */
    FIXTURE(Shared::fixture),

    /** The same without our own WebSockets, and with one origin for channelstream's pages. */
    WITHOUT_DIRECT_DOOR(() -> fixture().jvm("-Dpocket.direct.door=off", "-Dpocket.stream.cors=https://a.example"));

    public static final String SECRET = "not-so-secret-after-all";

    private final Supplier<Server.Plan> plan;
    private @Nullable Server server;

    Shared(Supplier<Server.Plan> plan) {
        this.plan = plan;
    }

    private static Server.Plan fixture() {
        return Server.with("--channels", "target/pocketsocket-fixture.jar")
                .jvm("-Dpocket.stream.secret=" + SECRET, "-Dpocket.stream.request=8 KiB");
    }

    public synchronized Server server() {
        if (server == null) {
            server = plan.get().start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        return server;
    }
}
