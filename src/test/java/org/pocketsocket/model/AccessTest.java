package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnAny;
import org.pocketsocket.OnJoin;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Who may do what: lists, and how often. Roles have a test in a CDI container. */
class AccessTest {

    /** May only connect, then log in, then do everything. */
    @Channel(
            value = "safe",
            access = {"join", "login", "list"})
    static class Safe {

        final List<String> ran = new ArrayList<>();

        @OnJoin
        void join() {
            ran.add("join");
        }

        @On("login")
        void login(String name, Member me) {
            me.identify(Identity.of(name));
            me.access().lift();
        }

        @On("list")
        boolean list(String how, String event, Member me) {
            switch (how) {
                case "allow" -> me.access().allow(event);
                case "deny" -> me.access().deny(event);
                case "reset" -> me.access().reset();
                default -> {} // only asks
            }
            return me.access().allows(event);
        }

        @On("say")
        String say(Member me) {
            ran.add("say");
            return me.identity().name();
        }

        @OnAny
        void any() {
            ran.add("any");
        }
    }

    @Channel(
            value = "shut",
            access = {})
    static class Shut {
        @OnJoin
        void join() {
            throw new AssertionError("nobody gets here");
        }
    }

    /** Asks somebody else who may come in. */
    @Channel("asked")
    static class Asked {

        final CompletableFuture<String> answer = new CompletableFuture<>();

        @OnJoin
        CompletionStage<String> join() {
            return answer;
        }
    }

    @Channel("open")
    static class Open {
        @On("restrict")
        boolean restrict(Member me) {
            me.access().allow("restrict");
            return me.access().allows("other");
        }

        @On("deny")
        void deny(Member me) {
            me.access().deny("other");
        }

        @On("other")
        void other() {}

        @On("seldom")
        @RateLimit(value = 2, seconds = 3600)
        void seldom() {}
    }

    private final Safe safe = new Safe();
    private final Asked asked = new Asked();
    private final TestPocket pocket = TestPocket.of(safe, new Shut(), new Open(), asked);
    private final TestClient ada = pocket.connect();

    @AfterEach
    void end() {
        pocket.close();
    }

    private boolean list(String how, String event) {
        return ada.ask("safe.list", List.of(how, event), boolean.class);
    }

    @Test
    void at_first_a_member_may_do_what_the_channels_list_has_GS7_GS45_GS47() {
        ada.join("safe");
        Said.no(4403, "method_access_denied", () -> ada.ask("safe.say", null));
        Said.no(4403, "method_access_denied", () -> ada.ask("safe.anything", null));
        assertThat(safe.ran).containsExactly("join");
    }

    @Test
    void after_a_login_it_may_do_everything_GS48() {
        ada.ask("safe.login", "ada");
        assertThat(ada.ask("safe.say", null, String.class)).isEqualTo("ada");
        ada.ask("safe.anything", null);
        assertThat(safe.ran).containsExactly("join", "say", "any");
    }

    @Test
    void names_are_put_on_the_list_and_taken_off_and_it_starts_anew_GS46() {
        assertThat(list("ask", "say")).isFalse();
        assertThat(list("allow", "say")).isTrue();
        ada.ask("safe.say", null);
        assertThat(list("deny", "say")).isFalse();
        Said.no(4403, "method_access_denied", () -> ada.ask("safe.say", null));
        list("allow", "say");
        assertThat(list("reset", "say")).isFalse();
    }

    @Test
    void one_members_list_is_not_anothers() {
        list("allow", "say");
        TestClient bob = pocket.connect();
        Said.no(4403, "method_access_denied", () -> bob.ask("safe.say", null));
        ada.leave("safe");
        Said.no(4403, "method_access_denied", () -> ada.ask("safe.say", null));
    }

    @Test
    void an_empty_list_lets_nobody_in_GS45() {
        Said.no(4403, "method_access_denied", () -> ada.join("shut"));
        Said.no(4403, "method_access_denied", () -> ada.ask("shut.up", null));
        assertThat(pocket.channels().of("shut").members()).isEmpty();
    }

    @Test
    void where_there_was_no_list_allowing_one_event_makes_one_GS45_GS46() {
        ada.ask("open.other", null);
        assertThat(ada.ask("open.restrict", null, boolean.class)).isFalse();
        Said.no(4403, "method_access_denied", () -> ada.ask("open.other", null));
    }

    @Test
    void nothing_can_be_taken_off_where_there_is_no_list_GS46() {
        Said.no(4500, "internal_error", () -> ada.ask("open.deny", null));
    }

    @Test
    void a_handler_runs_so_often_at_most_for_one_member() {
        ada.ask("open.seldom", null).ask("open.seldom", null);
        Said.no(4429, "too_many", () -> ada.ask("open.seldom", null));
        ada.ask("open.other", null);
        pocket.connect().ask("open.seldom", null);
    }

    @Test
    void a_peer_sends_so_much_at_most() {
        try (TestPocket slow =
                TestPocket.with(java.util.Map.of("pocket.limits.rate", 1, "pocket.limits.burst", 2), new Open())) {
            TestClient bob = slow.connect().ask("open.other", null).ask("open.other", null);
            Said.no(4429, "too_many", () -> bob.ask("open.other", null));
        }
    }

    @Test
    void who_is_refused_late_is_no_member_any_more() {
        asked.answer.completeExceptionally(new Rejection(4403, "not_today", "the list is full"));
        Said.no(4403, "not_today", () -> ada.join("asked"));
        assertThat(pocket.channels().of("asked").members()).isEmpty();
    }
}
