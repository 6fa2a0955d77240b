package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Rejection;
import org.pocketsocket.demo.RoomsChannel.Answer;
import org.pocketsocket.demo.RoomsChannel.Line;
import org.pocketsocket.demo.RoomsChannel.Named;
import org.pocketsocket.demo.RoomsChannel.Said;
import org.pocketsocket.demo.RoomsChannel.Seat;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

class RoomsChannelTest {

    private final TestPocket pocket = TestPocket.of(new RoomsChannel());

    @AfterEach
    void close() {
        pocket.close();
    }

    private TestClient enters(String name) {
        return pocket.connect().ask("rooms.enter", new Named(name));
    }

    private static TestClient goes(TestClient who, String room) {
        return who.ask("rooms.go", new Named(room));
    }

    @Test
    void who_enters_learns_who_is_where() {
        goes(enters("ada"), "den");
        Seat[] seats = pocket.connect().ask("rooms.enter", new Named("bob"), Seat[].class);
        assertThat(seats).containsExactlyInAnyOrder(new Seat("ada", "den"), new Seat("bob", ""));
    }

    @Test
    void a_line_is_heard_in_its_room_only() {
        TestClient ada = goes(enters("ada"), "den");
        TestClient bob = goes(enters("bob"), "attic");
        TestClient eve = goes(enters("eve"), "den");
        ada.ask("rooms.say", new Line("hello"));
        assertThat(eve.next("rooms.said", Said.class)).isEqualTo(new Said("ada", "hello"));
        assertThat(bob.waiting("rooms.said")).isZero();
        goes(eve, "attic");
        ada.ask("rooms.say", new Line("anybody?"));
        assertThat(eve.waiting("rooms.said")).isZero();
    }

    @Test
    void who_is_invited_and_says_yes_comes() {
        TestClient ada = goes(enters("ada"), "den");
        TestClient bob = enters("bob").onAsk("rooms.invited?", from -> {
            assertThat(from).contains("\"ada\"").contains("\"den\"");
            return true;
        });
        assertThat(ada.ask("rooms.invite", new Named("bob"), Answer.class)).isEqualTo(new Answer(true));
        ada.ask("rooms.say", new Line("welcome"));
        assertThat(bob.next("rooms.said", Said.class)).isEqualTo(new Said("ada", "welcome"));
    }

    @Test
    void who_is_invited_may_say_no() {
        TestClient ada = goes(enters("ada"), "den");
        TestClient bob = enters("bob").onAsk("rooms.invited?", from -> false);
        assertThat(ada.ask("rooms.invite", new Named("bob"), Answer.class)).isEqualTo(new Answer(false));
        ada.ask("rooms.say", new Line("pity"));
        assertThat(bob.waiting("rooms.said")).isZero();
    }

    @Test
    void who_goes_away_is_gone_from_the_list_an_answer_or_not() {
        TestClient ada = goes(enters("ada"), "den");
        TestClient bob = enters("bob");
        bob.onAsk("rooms.invited?", from -> {
            bob.vanish();
            return true;
        });
        ada.send("rooms.invite", new Named("bob"));
        eventually(Duration.ofSeconds(5), () -> "bob is here", () -> refusal(ada, "invite", "bob")
                .equals("nobody"));
        Seat[] seats = pocket.connect().ask("rooms.enter", new Named("eve"), Seat[].class);
        assertThat(seats).extracting(Seat::name).containsExactlyInAnyOrder("ada", "eve");
    }

    @Test
    void says_no_to_a_taken_name_to_strangers_and_to_nonsense() {
        TestClient ada = enters("ada");
        refuses(pocket.connect(), "enter", "ada", "name_taken");
        refuses(pocket.connect(), "go", "den", "not_here");
        refuses(ada, "go", " ", "invalid_text");
        refuses(ada, "invite", "bob", "invalid_text");
        assertThatThrownBy(() -> ada.ask("rooms.go", Map.of())).isInstanceOf(Rejection.class);
    }

    private static void refuses(TestClient who, String event, String name, String error) {
        assertThat(refusal(who, event, name)).isEqualTo(error);
    }

    private static String refusal(TestClient who, String event, String name) {
        return catchThrowableOfType(Rejection.class, () -> who.ask("rooms." + event, new Named(name)))
                .error();
    }
}
