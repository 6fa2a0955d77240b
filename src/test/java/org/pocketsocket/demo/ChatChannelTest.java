package org.pocketsocket.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Rejection;
import org.pocketsocket.demo.ChatChannel.Enter;
import org.pocketsocket.demo.ChatChannel.Entered;
import org.pocketsocket.demo.ChatChannel.Said;
import org.pocketsocket.demo.ChatChannel.Say;
import org.pocketsocket.demo.ChatChannel.Who;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

class ChatChannelTest {

    private final TestPocket pocket = TestPocket.of(new ChatChannel());

    @AfterEach
    void close() {
        pocket.close();
    }

    private TestClient enters(String name, String room) {
        return pocket.connect().ask("chat.enter", new Enter(name, room));
    }

    @Test
    void who_enters_learns_who_is_in_the_room_and_the_others_hear_of_it() {
        TestClient ada = enters("ada", null);
        enters("eve", "den");
        Entered entered = pocket.connect().ask("chat.enter", new Enter(" bob ", "lobby"), Entered.class);
        assertThat(entered.people()).containsExactly("ada", "bob");
        assertThat(entered.room()).isEqualTo("lobby");
        assertThat(ada.next("chat.joined", Who.class)).isEqualTo(new Who("bob"));
        assertThat(ada.waiting("chat.joined")).isZero();
    }

    @Test
    void a_line_is_heard_by_all_in_its_room_and_typing_by_the_others() {
        TestClient ada = enters("ada", "den");
        TestClient bob = enters("bob", "den");
        TestClient eve = enters("eve", "attic");
        ada.ask("chat.typing", null);
        assertThat(bob.next("chat.typing", Who.class)).isEqualTo(new Who("ada"));
        ada.ask("chat.say", new Say("hello"));
        assertThat(bob.next("chat.said", Said.class).text()).isEqualTo("hello");
        assertThat(ada.next("chat.said", Said.class).name()).isEqualTo("ada");
        assertThat(ada.waiting("chat.typing")).isZero();
        assertThat(eve.waiting("chat.said")).isZero();
    }

    @Test
    void who_goes_to_another_room_leaves_the_first_and_who_goes_away_the_chat() {
        TestClient ada = enters("ada", "den");
        TestClient bob = enters("bob", "den");
        bob.ask("chat.enter", new Enter("bob", "attic"));
        assertThat(ada.next("chat.left", Who.class)).isEqualTo(new Who("bob"));
        ada.ask("chat.enter", new Enter("ada", "attic"));
        assertThat(bob.next("chat.joined", Who.class)).isEqualTo(new Who("ada"));
        ada.vanish();
        assertThat(bob.next("chat.left", Who.class)).isEqualTo(new Who("ada"));
        assertThat(enters("ada", "attic")).isNotNull();
    }

    @Test
    void entering_again_changes_nothing() {
        TestClient ada = enters("ada", "den");
        TestClient bob = enters("bob", "den");
        bob.ask("chat.enter", new Enter("bob", "den"));
        pocket.settle();
        assertThat(ada.waiting("chat.joined")).isOne();
        assertThat(ada.waiting("chat.left")).isZero();
    }

    @Test
    void says_no_to_a_taken_name_to_strangers_and_to_nonsense() {
        enters("ada", null);
        refuses("enter", new Enter("ada", "den"), "name_taken");
        refuses("enter", new Enter(" ", null), "invalid_name");
        refuses("enter", new Enter("bob", "x".repeat(33)), "invalid_room");
        refuses("say", new Say("hello"), "method_access_denied");
        refuses("typing", null, "method_access_denied");
    }

    private void refuses(String event, Object data, String error) {
        assertThatThrownBy(() -> pocket.connect().ask("chat." + event, data))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.error()).isEqualTo(error));
    }
}
