package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Which bean serves which channel. */
class ChannelNamesTest {

    @Channel("game/{id}")
    static class Game {
        String left = "nobody";

        @On("which")
        String which(@Named("id") String id, ChannelRef game) {
            return id + " " + game.variable("id") + " " + game.name();
        }

        @OnLeave
        void left(@Named("id") String id) {
            left = id;
        }
    }

    @Channel("game/{id}/{side}")
    static class Side {
        @On("which")
        String which(@Named("side") String side, @Named("id") String id) {
            return side + " of " + id;
        }
    }

    @Channel("game/final")
    static class Final {
        @On("which")
        String which() {
            return "the final";
        }
    }

    static class Plugin {
        @OnJoin
        String join(Member me) {
            return "plugged in";
        }

        @On("which")
        String which(@Named("name") String name) {
            return "plugin " + name;
        }
    }

    static class Mistaken {
        void nothing() {}
    }

    private final Game game = new Game();
    private final TestPocket pocket = TestPocket.with(Map.of("pocket.relay", false), game, new Side(), new Final());
    private final TestClient ada = pocket.connect("ada");

    @AfterEach
    void end() {
        pocket.close();
    }

    @Test
    void one_connection_carries_many_channels_GS1() {
        ada.join("game/1").join("game/2").join("game/final");
        pocket.channels().of("game/1").send("news", 1);
        pocket.channels().of("game/final").send("news", 2);
        assertThat(ada.next("game/1.news", int.class)).isEqualTo(1);
        assertThat(ada.next("game/final.news", int.class)).isEqualTo(2);
    }

    @Test
    void leaving_one_channel_leaves_that_one_only_GS3() {
        ada.join("game/1").join("game/2").leave("game/1");
        pocket.channels().of("game/1").send("news", 1);
        pocket.channels().of("game/2").send("news", 2);
        assertThat(ada.next("game/2.news", int.class)).isEqualTo(2);
        assertThat(ada.waiting("game/1.news")).isZero();
        assertThat(game.left).isEqualTo("1");
    }

    @Test
    void a_bean_serves_all_channels_that_fit_its_pattern_and_gets_the_variables_by_name() {
        assertThat(ada.ask("game/42.which", null, String.class)).isEqualTo("42 42 game/42");
        assertThat(ada.ask("game/42/white.which", null, String.class)).isEqualTo("white of 42");
    }

    @Test
    void an_exact_name_goes_before_a_pattern() {
        assertThat(ada.ask("game/final.which", null, String.class)).isEqualTo("the final");
    }

    @Test
    void a_channel_that_nobody_serves_is_refused_by_name_GS10_GS40() {
        Said.no(4404, "no_such_namespace", () -> ada.ask("chess.move", 1));
        Said.no(4404, "no_such_namespace", () -> ada.join("game/a/b/c"));
        assertThatIllegalArgumentException().isThrownBy(() -> pocket.channels().of("chess"));
    }

    @Test
    void a_patterns_channel_is_there_while_somebody_is_in_it() {
        ada.join("game/1");
        ChannelRef one = pocket.channels().of("game/1");
        assertThat(one.members()).hasSize(1);
        ada.leave("game/1");
        assertThat(one.members()).isEmpty();
        one.send("news", "to nobody");
        ada.join("game/1");
        assertThat(one.members()).hasSize(1);
        assertThat(pocket.settle().channels().of("game/1").members()).hasSize(1);
        assertThat(ada.waiting("game/1.news")).isZero();
    }

    @Test
    void plug_ins_serve_channels_while_the_application_runs_until_they_are_closed() throws Exception {
        AutoCloseable plugged = pocket.channels().register("plugin/{name}", new Plugin());
        assertThat(ada.ask("socket.join", Map.of("channel", "plugin/a"), String.class))
                .isEqualTo("plugged in");
        assertThat(ada.ask("plugin/a.which", null, String.class)).isEqualTo("plugin a");
        plugged.close();
        Said.no(4404, "no_such_namespace", () -> ada.ask("plugin/a.which", null));
        assertThat(pocket.notices())
                .filteredOn(notice -> notice.toString().contains("STOPPED"))
                .hasSize(1);
    }

    @Test
    void a_patterns_members_go_with_it_even_where_another_pattern_fits() throws Exception {
        AutoCloseable plugged = pocket.channels().register("game/x{name}", new Plugin());
        assertThat(ada.ask("game/xa.which", null, String.class)).isEqualTo("plugin a");
        plugged.close();
        assertThat(ada.ask("game/xa.which", null, String.class)).isEqualTo("xa xa game/xa");
        ada.leave("game/xa");
        assertThat(pocket.channels().of("game/xa").members()).isEmpty();
    }

    @Test
    void a_name_that_is_taken_and_an_object_with_a_mistake_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pocket.channels().register("game/final", new Final()))
                .withMessageContaining("game/final");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pocket.channels().register("game/{id}", new Game()))
                .withMessageContaining("game/{id}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pocket.channels().register("other", new Mistaken()))
                .withMessageContaining(Mistaken.class.getName());
    }

    @Test
    void a_peer_is_in_so_many_channels_at_most() {
        try (TestPocket small = TestPocket.with(Map.of("pocket.limits.channels", 2), new Game())) {
            TestClient bob = small.connect().join("game/1").join("game/2");
            Said.no(4429, "too_many", () -> bob.join("game/3"));
            bob.leave("game/1").join("game/3");
            assertThat(small.channels().of("game/1").members()).isEmpty();
            assertThat(List.of(1, 2, 3))
                    .filteredOn(
                            id -> !small.channels().of("game/" + id).members().isEmpty())
                    .containsExactly(2, 3);
        }
    }
}
