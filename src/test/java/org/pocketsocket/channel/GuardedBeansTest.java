package org.pocketsocket.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.Channel;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.Notice;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.hub.Wire;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

/** Channel beans in a CDI container with a hub: roles, interceptors and observers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedBeansTest {

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Watched {}

    /** GS-28: an ordinary interceptor sees every handler's call, and what it throws. */
    @Watched
    @Interceptor
    static class Watch {
        static final List<String> SEEN = new ArrayList<>();

        @AroundInvoke
        Object watch(InvocationContext call) throws Exception {
            SEEN.add(call.getMethod().getName());
            try {
                return call.proceed();
            } catch (IllegalStateException e) {
                throw new Rejection(4409, "conflict", "seen: " + e.getMessage());
            }
        }
    }

    @Channel("staff")
    @Watched
    @RolesAllowed("clerk")
    static class Staff {
        @OnJoin
        @PermitAll
        void join() {}

        @On("work")
        void work() {}

        @On("rest")
        @PermitAll
        void rest() {}

        @On("boss")
        @RolesAllowed({"boss", "owner"})
        void boss() {}

        @On("nobody")
        @DenyAll
        void nobody() {}

        @On("known")
        @RolesAllowed("**")
        void known() {}

        @On("fail")
        @PermitAll
        void fail() {
            throw new IllegalStateException("broken");
        }

        @On("login")
        @PermitAll
        void login(String role, Member me) {
            me.identify(Identity.of("somebody", role));
        }
    }

    @Channel("closed")
    @DenyAll
    static class Closed {
        @OnJoin
        void join() {}
    }

    @ApplicationScoped
    static class Observer {
        final List<String> seen = new ArrayList<>();

        void joined(@Observes Notice.Joined joined) {
            seen.add("joined " + joined.channel());
        }

        void any(@Observes Notice notice) {
            seen.add(notice.getClass().getSimpleName());
        }
    }

    /** Keeps what comes. */
    private static final class Ear implements Wire {
        private final List<String> got = new ArrayList<>();

        @Override
        public synchronized boolean write(Parcel parcel, boolean more, Runnable ready) {
            got.addAll(parcel.texts());
            return true;
        }

        @Override
        public void ping() {}

        @Override
        public void close(Goodbye goodbye) {}

        synchronized String last() {
            return got.get(got.size() - 1);
        }
    }

    private final Json json = new Json();
    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private WeldContainer container;
    private Hub hub;

    @BeforeAll
    void start() {
        java.util.logging.Logger.getLogger("org.jboss.weld").setLevel(java.util.logging.Level.WARNING);
        container = new Weld()
                .disableDiscovery()
                .addBeanClasses(Staff.class, Closed.class, Observer.class, Watch.class)
                .addExtension(new ChannelBeans())
                .enableInterceptors(Watch.class)
                .initialize();
        hub = new Hub(
                Settings.of(Map.of("pocket.announce", 0)),
                json,
                Outside.plain(Runnable::run)
                        .with((Notice notice) ->
                                container.getBeanManager().getEvent().fire(notice)));
        container
                .getBeanManager()
                .getExtension(ChannelBeans.class)
                .register(container.getBeanManager(), json, hub::register);
    }

    @AfterAll
    void stop() {
        hub.close();
        container.shutdown();
        json.close();
    }

    /** The answer to the last of these, said by one peer. */
    private String says(Identity who, String... messages) {
        Ear ear = new Ear();
        Peer peer = hub.connect(new Handshake("127.0.0.1", 1, Map.of(), Map.of(), who), codec, ear);
        for (String message : messages) {
            hub.receive(peer, codec.decode(message));
        }
        hub.disconnect(peer, org.pocketsocket.OnLeave.Reason.CLOSED);
        return ear.last();
    }

    private static String event(String message, String data) {
        return "{\"id\":1,\"message\":\"" + message + "\",\"data\":" + data + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "work, clerk, sent",
        "work, boss, method_access_denied",
        "work, , not_authorized",
        "rest, , sent",
        "rest, boss, sent",
        "boss, boss, sent",
        "boss, owner, sent",
        "boss, clerk, method_access_denied",
        "nobody, clerk, method_access_denied",
        "nobody, , not_authorized",
        "known, boss, sent",
        "known, , not_authorized"
    })
    void a_methods_roles_go_before_the_classs(String event, String role, String answer) {
        Identity who = role == null ? Identity.ANONYMOUS : Identity.of("ada", role);
        assertThat(says(who, event("staff." + event, "{}"))).contains("\"" + answer + "\"");
    }

    @Test
    void a_class_may_deny_all() {
        assertThat(says(Identity.of("ada", "clerk"), event("socket.join", "{\"channel\":\"closed\"}")))
                .contains("method_access_denied");
    }

    @Test
    void a_login_of_the_applications_own_brings_roles_at_once_GS48() {
        assertThat(says(Identity.ANONYMOUS, event("staff.login", "\"clerk\""), event("staff.work", "{}")))
                .contains("\"sent\"");
    }

    @Test
    void the_doors_know_which_roles_to_look_for() {
        assertThat(hub.roles()).containsExactlyInAnyOrder("clerk", "boss", "owner", "**");
    }

    @Test
    void an_ordinary_interceptor_goes_around_handlers_GS28() {
        Watch.SEEN.clear();
        assertThat(says(Identity.ANONYMOUS, event("staff.fail", "{}")))
                .contains("\"conflict\"")
                .contains("seen: broken");
        assertThat(Watch.SEEN).containsExactly("join", "fail");
    }

    @Test
    void beans_observe_what_happens() {
        Observer observer = container.select(Observer.class).get();
        List<String> seen = seen(observer);
        seen.clear();
        says(Identity.ANONYMOUS, event("staff.rest", "{}"));
        assertThat(seen)
                .filteredOn(text -> !text.equals("Joined"))
                .containsExactly("Connected", "Occupied", "joined staff", "Left", "Vacated", "Disconnected");
    }

    /** Through the client proxy's bean. */
    private static List<String> seen(Observer observer) {
        return ((Observer) ((org.jboss.weld.proxy.WeldClientProxy) observer)
                        .getMetadata()
                        .getContextualInstance())
                .seen;
    }

    @Test
    void a_class_without_the_annotation_is_no_channel() {
        ChannelMistake mistake = catchThrowableOfType(ChannelMistake.class, () -> Blueprint.of(String.class));
        assertThat(mistake).hasMessageContaining("has no @Channel");
    }
}
