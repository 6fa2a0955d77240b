package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.security.Authenticator;
import org.pocketsocket.security.Token;
import org.pocketsocket.security.Token.Scope;
import org.pocketsocket.settings.Settings;
import org.pocketsocket.test.Eventually;

/** Tokens on a live connection. Here a token is {@code user seconds channels…}; that real ones are checked is shown elsewhere. */
class GateTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "a secret of more than thirty-two bytes";

    private final AtomicLong clock = new AtomicLong();
    private final PocketCodec pocket = new PocketCodec(WireLimits.DEFAULT);
    private final Json json = new Json();
    private final FakeChannel chat = new FakeChannel();
    private final List<String> traced = new ArrayList<>();
    private Hub hub = hub(Map.of());

    private static final Authenticator PLAIN = text -> {
        String[] words = text.split(" ");
        if (words.length < 2) {
            throw new Rejection(4401, "token_invalid", "no");
        }
        Scope scope = words.length == 2 ? Scope.ALL : Scope.of(List.of(words).subList(2, words.length));
        return new Token(
                Identity.of(words[0], "reader"), "id-" + text, Duration.ofSeconds(Long.parseLong(words[1])), scope);
    };

    private Hub hub(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "pocket.tokens.secret",
                SECRET,
                "pocket.heartbeat.interval",
                "99 d",
                "pocket.heartbeat.timeout",
                "99 d"));
        settings.putAll(more);
        Outside outside = Outside.plain(Runnable::run)
                .withClock(clock::get)
                .with(new Trace() {
                    @Override
                    public void received(Caller from, String text) {
                        traced.add(text);
                    }
                })
                .withAuthenticator(PLAIN);
        Hub made = new Hub(Settings.of(settings), json, outside);
        made.register("chat", chat);
        made.register("news", new FakeChannel());
        return made;
    }

    private Hub use(Object... settings) {
        hub.close();
        Map<String, Object> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put("pocket.tokens." + settings[i], settings[i + 1]);
        }
        hub = hub(all);
        return hub;
    }

    @AfterEach
    void end() {
        hub.close();
        json.close();
    }

    private final class Client {
        final FakeWire wire = new FakeWire();
        final Peer peer = hub.connect(Handshake.from("127.0.0.1", 1), pocket, wire);

        Client() {
            Hub at = hub;
            wire.whenClosed(() -> at.disconnect(peer, Reason.LOST));
        }

        /** What is answered; empty when the answer is a goodbye. Another thread may be at this peer's outbox, and bring it. */
        String says(String message, String data) {
            int before = wire.got().size();
            hub.receive(peer, pocket.decode("{\"id\":\"1\",\"message\":\"" + message + "\",\"data\":" + data + "}"));
            eventually(
                    SOON, () -> "no answer to " + message, () -> wire.got().size() > before || wire.goodbye() != null);
            List<String> got = wire.got();
            return got.size() > before ? got.get(got.size() - 1) : "";
        }

        String shows(String token) {
            return says("socket.token", "{\"token\":\"" + token + "\"}");
        }

        String joins(String channel) {
            return says("socket.join", "{\"channel\":\"" + channel + "\"}");
        }
    }

    private void passes(long seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void a_token_says_who_a_peer_is() {
        Client ada = new Client();
        assertThat(ada.shows("ada 3600")).contains("\"socket\":\"sent\"");
        assertThat(ada.peer.identity()).isEqualTo(Identity.of("ada", "reader"));
        assertThat(hub.devices("ada")).containsExactly(ada.peer);
    }

    @Test
    void a_bad_token_is_refused_and_the_connection_goes_on() {
        Client ada = new Client();
        assertThat(ada.shows("nonsense")).contains("\"code\":4401", "token_invalid");
        assertThat(ada.says("socket.token", "{}")).contains("\"code\":4400");
        assertThat(ada.joins("chat")).contains("\"socket\":\"sent\"");
    }

    @Test
    void where_a_token_is_required_nothing_goes_before_it() {
        use("required", true);
        Client nobody = new Client();
        Client ada = new Client();
        ada.shows("ada 3600");
        hub.crowd().relay(new org.pocketsocket.message.Outgoing.Verbatim("hear, hear"), java.util.Set.of());
        ada.wire.await(2);
        assertThat(nobody.wire.got()).as("it hears nothing").isEmpty();
        nobody.joins("chat");
        assertThat(nobody.wire.awaitGoodbye()).isEqualTo(Goodbye.NO_TOKEN);
        assertThat(chat.calls).isEmpty();
        assertThat(ada.joins("chat")).contains("\"socket\":\"sent\"");
    }

    @Test
    void who_shows_none_in_time_is_put_out() {
        use("required", true);
        Client slow = new Client();
        Client wrong = new Client();
        Client ada = new Client();
        assertThat(wrong.shows("nonsense")).contains("4401");
        ada.shows("ada 3600");
        passes(11);
        assertThat(slow.wire.awaitGoodbye().code()).isEqualTo(4401);
        assertThat(wrong.wire.awaitGoodbye().code()).isEqualTo(4401);
        assertThat(ada.wire.goodbye()).isNull();
    }

    @Test
    void a_peer_is_asked_in_time_and_goes_with_4003_when_it_does_not_answer() {
        Client ada = new Client();
        ada.shows("ada 600");
        passes(530);
        ticks();
        assertThat(ada.wire.got()).hasSize(1);
        passes(12);
        assertThat(ada.wire.await(2).get(1)).isEqualTo("{\"socket\":\"token\",\"seconds\":58}");
        passes(70);
        ticks();
        assertThat(ada.wire.goodbye()).as("the grace is not over").isNull();
        passes(14);
        assertThat(ada.wire.awaitGoodbye()).isEqualTo(Goodbye.EXPIRED);
        assertThat(ada.wire.goodbye().code()).isEqualTo(4003);
    }

    /** Lets the clock turn the wheel: nothing is to come of it. */
    private void ticks() {
        long until = System.nanoTime() + Duration.ofMillis(200).toNanos();
        Eventually.eventually(Duration.ofSeconds(5), () -> "", () -> System.nanoTime() > until);
    }

    @Test
    void a_new_token_counts_from_when_it_was_shown() {
        Client ada = new Client();
        ada.shows("ada 90");
        passes(50);
        ada.wire.await(2);
        ada.shows("ada 3600");
        passes(120);
        ticks();
        assertThat(ada.wire.goodbye()).isNull();
        assertThat(ada.wire.got()).hasSize(3);
    }

    @Test
    void a_short_token_is_asked_for_when_half_of_it_is_over() {
        Client ada = new Client();
        ada.shows("ada 40");
        passes(19);
        ticks();
        assertThat(ada.wire.got()).hasSize(1);
        passes(2);
        assertThat(ada.wire.await(2).get(1)).contains("\"seconds\":19");
    }

    @Test
    void a_new_token_is_about_the_same_user() {
        Client ada = new Client();
        ada.shows("ada 3600");
        assertThat(ada.shows("bob 3600")).contains("\"code\":4403");
        assertThat(ada.peer.identity().name()).isEqualTo("ada");
    }

    @Test
    void tokens_are_not_looked_at_without_end() {
        Client ada = new Client();
        for (int i = 0; i < 10; i++) {
            assertThat(ada.shows("nonsense")).contains("4401");
        }
        assertThat(ada.shows("ada 3600")).contains("\"code\":4429");
        passes(1);
        assertThat(ada.shows("ada 3600")).contains("\"socket\":\"sent\"");
    }

    @Test
    void a_token_for_single_channels_opens_these_and_nothing_else() {
        Client other = new Client();
        Client ada = new Client();
        ada.shows("ada 3600 chat");
        assertThat(ada.joins("chat")).contains("\"socket\":\"sent\"");
        assertThat(ada.joins("news")).contains("\"code\":4403", "not for this channel");
        assertThat(ada.says("news.tell", "1")).contains("\"code\":4403");
        assertThat(ada.says("nowhere.tell", "1")).contains("\"code\":4403", "single channels");
        int heard = ada.wire.got().size();
        other.says("free talk", "1");
        other.joins("chat");
        other.says("chat.tell", "1");
        ada.wire.await(heard + 1);
        assertThat(ada.wire.got().subList(heard, heard + 1)).allMatch(text -> text.contains("chat.told"));
        assertThat(ada.wire.got()).noneMatch(text -> text.contains("free talk"));
    }

    @Test
    void a_token_that_allows_less_ends_memberships() {
        Client ada = new Client();
        ada.shows("ada 3600");
        ada.joins("chat");
        ada.joins("news");
        ada.shows("ada 3600 news");
        assertThat(ada.peer.memberships).containsOnlyKeys("news");
        assertThat(chat.calls).contains("leave LEFT");
    }

    @Test
    void a_user_is_kicked_on_all_devices_and_a_token_wherever_it_was_shown() {
        Client one = new Client();
        Client two = new Client();
        Client bob = new Client();
        one.shows("ada 3600");
        two.shows("ada 3601");
        bob.shows("bob 3600");
        assertThat(hub.gate().kickToken("id-ada 3601", "revoked")).isEqualTo(1);
        assertThat(two.wire.awaitGoodbye()).isEqualTo(Goodbye.kicked("revoked"));
        assertThat(one.wire.goodbye()).isNull();
        assertThat(hub.gate().kick("ada", "enough")).isEqualTo(1);
        assertThat(one.wire.awaitGoodbye().code()).isEqualTo(4001);
        assertThat(bob.wire.goodbye()).isNull();
    }

    @Test
    void a_handshakes_bearer_is_read_where_tokens_are_known() {
        assertThat(hub.gate().bearer("bearer ada 60").orElseThrow().identity().name())
                .isEqualTo("ada");
        assertThat(hub.gate().bearer("Basic YTpi")).isEmpty();
        assertThat(hub.gate().bearer(null)).isEmpty();
        assertThat(catchThrowableOfType(Rejection.class, () -> hub.gate().bearer("Bearer x"))
                        .code())
                .isEqualTo(4401);
        use("secret", "");
        assertThat(hub.gate().bearer("Bearer x")).as("it is the container's").isEmpty();
    }

    @Test
    void no_trace_shows_a_token() {
        Client ada = new Client();
        ada.shows("ada 3600 hush");
        ada.says("socket.token", "{\"tokin\":\"hush\"}");
        assertThat(traced).hasSize(2).noneMatch(text -> text.contains("hush"));
        assertThat(pocket.decode("{\"message\":\"socket.token\",\"data\":{\"token\":\"hush\"}}")
                        .toString())
                .doesNotContain("hush");
    }
}
