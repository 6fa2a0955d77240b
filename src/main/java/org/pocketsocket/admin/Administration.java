package org.pocketsocket.admin;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
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
    private final SignIn signIn;
    private final AdminPass passes;

    @Inject
    Administration(Settings settings, Hub hub, Channels channels, Revocations revoked) {
        this.settings = settings;
        this.hub = hub;
        this.metrics = new Metrics(hub.overview());
        Settings.Admin admin = settings.admin();
        InstantSource clock = InstantSource.system();
        Attempts attempts = new Attempts(admin.attempts(), admin.together(), System::nanoTime);
        this.signIn = new SignIn(admin, revoked, clock, attempts);
        this.passes = new AdminPass(admin.secret(), revoked, clock, Authenticator.NONE);
        hub.measure(metrics);
        if (isOpen()) {
            channels.register(AdminPass.CHANNEL, new AdminChannel(channels, hub, revoked, metrics));
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    @PreDestroy
    void close() {
        metrics.close();
    }

    /** Whether there is a secret: without one, all of {@code /admin} is closed. */
    boolean isOpen() {
        return !settings.admin().secret().isEmpty();
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

    SignIn signIn() {
        return signIn;
    }

    AdminPass passes() {
        return passes;
    }

    /** Who signs out is put out of the administrator's channel, too. */
    void end(@Nullable String session) {
        if (session != null) {
            hub.gate().kickToken(session, "you signed out");
        }
    }
}
