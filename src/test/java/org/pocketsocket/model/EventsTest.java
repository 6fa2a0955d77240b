package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channel;
import org.pocketsocket.Envelope;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnAny;
import org.pocketsocket.OnJoin;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** How an event finds its method, and a method its arguments. */
class EventsTest {

    public record Line(String text, int size) {}

    /** A mixin: handlers to be inherited. */
    static class Greeting {
        @On("hello")
        String hello(Identity who) {
            return "hello " + who.name();
        }
    }

    @Channel("chat")
    static class Chat extends Greeting {

        final CompletableFuture<String> later = new CompletableFuture<>();
        final List<String> order = new ArrayList<>();

        @OnJoin
        void join(Member me) {
            order.add("joined");
            me.send("welcome", "first of all");
        }

        @On("user message")
        String message(String text) {
            order.add(text);
            return text;
        }

        @On({"line", "other.line"})
        Line line(Line line) {
            return line;
        }

        @On("add")
        int add(int one, int two) {
            return one + two;
        }

        @On("mixed")
        String mixed(String text, Member me, Line line, List<Integer> numbers) {
            return text + line.size() + numbers + me.identity().name();
        }

        @On("envelope")
        Envelope envelope(Envelope whole) {
            return whole;
        }

        @On("from")
        String from(Handshake handshake, Identity identity) {
            return handshake.address() + " " + handshake.header("x-token").orElse("-") + " "
                    + handshake.parameter("room").orElse("-") + " " + identity.name();
        }

        @On("later")
        CompletionStage<String> later() {
            return later;
        }

        @OnAny
        String any(Envelope whole, String text) {
            return whole.event() + " " + text;
        }
    }

    @Channel("")
    static class Global {
        final List<String> seen = new ArrayList<>();

        @On("message")
        void message(String text) {
            seen.add("message " + text);
        }

        @On("json")
        void json(Map<String, Object> json) {
            seen.add("json " + json);
        }

        @On("ping")
        String ping() {
            return "pong";
        }
    }

    @Channel("typed")
    static class Typed {
        @On("number")
        int number(int number) {
            return number;
        }
    }

    private final Chat chat = new Chat();
    private final Global global = new Global();
    private final TestPocket pocket = TestPocket.of(chat, global, new Typed());
    private final TestClient ada = pocket.connect("ada");

    @AfterEach
    void end() {
        pocket.close();
    }

    private String asks(String event, Object data) {
        return ada.ask("chat." + event, data, String.class);
    }

    @Test
    void a_class_groups_handlers_and_can_answer_GS4() {
        assertThat(asks("user message", "hi")).isEqualTo("hi");
        assertThat(ada.next("chat.welcome", String.class)).isEqualTo("first of all");
    }

    @Test
    void an_events_name_may_have_spaces_and_dots_GS25() {
        assertThat(asks("user message", "hi")).isEqualTo("hi");
        assertThat(ada.ask("chat.other.line", new Line("a", 1), Line.class)).isEqualTo(new Line("a", 1));
    }

    @Test
    void a_channel_begins_with_the_first_event_and_joining_goes_before_it_GS21() {
        asks("user message", "hi");
        asks("user message", "there");
        assertThat(chat.order).containsExactly("joined", "hi", "there");
    }

    @Test
    void an_arrays_values_are_spread_over_the_parameters_GS26() {
        assertThat(ada.ask("chat.add", List.of(1, 2), Integer.class)).isEqualTo(3);
        assertThat(asks("mixed", List.of("a", new Line("b", 7), List.of(1, 2)))).isEqualTo("a7[1, 2]ada");
        assertThat(asks("mixed", List.of("a", new Line("b", 7), List.of(1), "one too many")))
                .isEqualTo("a7[1]ada");
    }

    @Test
    void arguments_that_do_not_fit_are_refused_GS27_GS40() {
        Said.no(4400, "invalid_method_args", () -> asks("add", List.of(1)));
        Said.no(4400, "invalid_method_args", () -> asks("add", 5));
        Said.no(4400, "invalid_method_args", () -> asks("add", List.of(1, "two")));
        Said.no(4400, "invalid_method_args", () -> asks("line", "no object"));
    }

    @Test
    void a_handler_may_have_the_whole_envelope_GS5_GS26() {
        Envelope whole = ada.ask("chat.envelope", Map.of("a", 1), Envelope.class);
        assertThat(whole).isEqualTo(new Envelope("\"t1\"", "chat", "envelope", "{\"a\":1}", false));
    }

    @Test
    void a_handler_may_know_how_its_peer_came_GS11_GS12_GS20() {
        TestClient bob = pocket.connect(new Handshake(
                "10.0.0.7", 99, Map.of("X-Token", List.of("t")), Map.of("room", List.of("r")), Identity.of("bob")));
        assertThat(bob.ask("chat.from", null, String.class)).isEqualTo("10.0.0.7 t r bob");
    }

    @Test
    void an_asynchronous_handler_is_acknowledged_when_it_is_done() {
        ada.sendText("{\"id\":1,\"message\":\"chat.later\"}");
        assertThat(asks("user message", "meanwhile")).isEqualTo("meanwhile");
        chat.later.complete("done");
        assertThat(asks("later", null)).isEqualTo("done");
    }

    @Test
    void events_without_a_method_of_their_own_go_to_the_one_for_any_GS24() {
        assertThat(asks("what else", "there is")).isEqualTo("what else there is");
    }

    @Test
    void without_one_for_any_they_are_refused_GS27_GS40() {
        Said.no(4404, "no_such_method", () -> ada.ask("typed.nope", null));
    }

    @Test
    void inherited_handlers_count_GS62() {
        assertThat(asks("hello", null)).isEqualTo("hello ada");
    }

    @Test
    void the_global_channel_takes_text_and_json_and_events_GS1_GS23() {
        assertThat(ada.ask(".ping", null, String.class)).isEqualTo("pong");
        assertThat(asks("user message", "x")).isEqualTo("x");
        pocket.connect().sendText("plain \"text\"").sendText("{\"a\":[1]}").sendText("[1]");
        assertThat(global.seen).containsExactly("message plain \"text\"", "json {a=[1]}", "message [1]");
    }

    @Test
    void what_cannot_be_read_is_refused_and_the_connection_goes_on_GS40() {
        ada.sendText("{\"id\":1,\"message\":5}");
        assertThat(asks("user message", "still here")).isEqualTo("still here");
    }
}
