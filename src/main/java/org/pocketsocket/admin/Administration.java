package org.pocketsocket.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import org.pocketsocket.Channels;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.security.AdminPass;
import org.pocketsocket.security.Authenticator;
import org.pocketsocket.security.Revocations;
import org.pocketsocket.settings.Settings;

/** Starts counting with the application, and opens the administrator's channel where there is a secret. */
@Singleton
public class Administration {

    private final Settings settings;
    private final Hub hub;
    private final Metrics metrics;
    private final Optional<Entrance> entrance;

    /** The way in: the secret, and what is had for it. */
    record Entrance(SignIn signIn, AdminPass passes) {}

    @Inject
    Administration(Settings settings, Hub hub, Channels channels, Revocations revoked) {
        this.settings = settings;
        this.hub = hub;
        this.metrics = new Metrics(hub.overview());
        this.entrance = settings.admin().secret().isEmpty()
                ? Optional.empty()
                : Optional.of(entrance(settings.admin(), revoked, InstantSource.system()));
        hub.measure(metrics);
        if (entrance.isPresent()) {
            channels.register(AdminPass.CHANNEL, new AdminChannel(channels, hub, revoked, metrics));
        }
    }

    private static Entrance entrance(Settings.Admin admin, Revocations revoked, InstantSource clock) {
        Attempts attempts = new Attempts(admin.attempts(), admin.together(), System::nanoTime);
        return new Entrance(
                new SignIn(admin, revoked, clock, attempts),
                new AdminPass(admin.secret(), revoked, clock, Authenticator.NONE));
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /** Empty without a secret: then all of {@code /admin} is closed. */
    Optional<Entrance> entrance() {
        return entrance;
    }

    String metricsAccess() {
        return settings.metrics();
    }

    Hub hub() {
        return hub;
    }

    Metrics metrics() {
        return metrics;
    }

    /** Who signs out is put out of the administrator's channel, too. */
    void end(String session) {
        hub.gate().kickToken(session, "you signed out");
    }
}
