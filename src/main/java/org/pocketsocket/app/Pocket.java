package org.pocketsocket.app;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.pocketsocket.Channels;
import org.pocketsocket.channel.ChannelBeans;
import org.pocketsocket.channel.HubChannels;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Trace;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.security.AdminPass;
import org.pocketsocket.security.Authenticator;
import org.pocketsocket.security.Origins;
import org.pocketsocket.security.Revocations;
import org.pocketsocket.security.Tokens;
import org.pocketsocket.settings.Secret;
import org.pocketsocket.settings.Settings;

/** One application's Pocketsocket: starts with it, stops with it. */
@Singleton
public class Pocket {

    private final Settings settings = Settings.load();
    private final Json json = new Json();
    private final PocketCodec codec = new PocketCodec(new WireLimits(
            settings.limits().id(), settings.limits().text(), settings.limits().depth()));
    private final Origins origins = new Origins(settings.origins());
    private final Revocations revocations =
            new Revocations(settings.tokens().revoked(), settings.tokens().revocation(), InstantSource.system());
    private final Executor executor = Background.executor();
    private final Hub hub;

    @Inject
    Pocket(BeanManager beans) {
        Outside outside = new Outside(
                System::nanoTime,
                settings.verbose() ? new Console(System.out) : Trace.NONE,
                executor,
                notice -> beans.getEvent().fire(notice),
                Transactions.find(),
                authenticator(),
                Archives::open);
        hub = new Hub(settings, json, outside);
        beans.getExtension(ChannelBeans.class).register(beans, json, hub::register);
    }

    private Authenticator authenticator() {
        InstantSource clock = InstantSource.system();
        Authenticator tokens = Tokens.of(settings.tokens(), revocations, clock, System::nanoTime);
        Secret secret = settings.admin().secret();
        return secret.isEmpty() ? tokens : new AdminPass(secret, revocations, clock, tokens);
    }

    @Produces
    @Singleton
    Revocations revocations() {
        return revocations;
    }

    @Produces
    @Singleton
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    Hub hub() {
        return hub;
    }

    @Produces
    @ApplicationScoped
    Channels channels() {
        return new HubChannels(hub, json);
    }

    @Produces
    @Singleton
    PocketCodec codec() {
        return codec;
    }

    @Produces
    @Singleton
    Origins origins() {
        return origins;
    }

    /** Starts with the application, not with the first client: a wrong setting stops the deployment. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        executor.execute(json::warmUp);
    }

    /** Before the container ends its sessions, so that clients hear from us that we are going. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        hub.close();
    }

    @PreDestroy
    void close() {
        hub.close();
        Background.stop(executor);
        json.close();
    }
}
