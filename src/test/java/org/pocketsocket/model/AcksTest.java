package org.pocketsocket.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Audience.Answers;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

/** Acknowledgements, both ways. */
class AcksTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** JSON-B cannot write it. */
    public static final class Unwritable {
        public String getText() {
            throw new IllegalStateException("no text");
        }
    }

    @Channel("chat")
    static class Chat {

        @On("one")
        int one() {
            return 1;
        }

        @On("several")
        List<Object> several() {
            return List.of(1, "2 + 2");
        }

        @On("nothing")
        void nothing() {}

        @On("unwritable")
        Unwritable unwritable() {
            return new Unwritable();
        }

        @On("unwritable later")
        CompletionStage<Unwritable> unwritableLater() {
            return CompletableFuture.completedFuture(new Unwritable());
        }

        @On("ask me")
        CompletionStage<Integer> askMe(Member me) {
            return me.ask("age", "how old?", int.class).thenApply(age -> age + 1);
        }
    }

    private final TestPocket pocket = TestPocket.with(Map.of("pocket.limits.asks", 3), new Chat());
    private final TestClient ada = pocket.connect("ada").join("chat");

    @AfterEach
    void end() {
        pocket.close();
    }

    private ChannelRef chat() {
        return pocket.channels().of("chat");
    }

    private Member member(String user) {
        return chat().members().stream()
                .filter(member -> member.identity().name().equals(user))
                .findFirst()
                .orElseThrow();
    }

    private static Rejection refusal(CompletionStage<?> answer) throws Exception {
        try {
            Object value = answer.toCompletableFuture().get(10, TimeUnit.SECONDS);
            throw new AssertionError("answered with " + value);
        } catch (ExecutionException e) {
            return (Rejection) e.getCause();
        }
    }

    @Test
    void what_a_handler_returns_acknowledges_GS6_GS50() {
        assertThat(ada.ask("chat.one", null, Integer.class)).isEqualTo(1);
        assertThat(ada.ask("chat.nothing", null, Object.class)).isNull();
    }

    @Test
    void an_acknowledgement_may_have_several_values_with_any_text_GS50_GS54() {
        assertThat((Object) ada.ask("chat.several", null, List.class)).hasToString("[1, 2 + 2]");
    }

    @Test
    void an_acknowledgement_that_cannot_be_written_is_a_failure_whenever_it_comes() {
        Said.no(4500, "internal_error", () -> ada.ask("chat.unwritable", null));
        Said.no(4500, "internal_error", () -> ada.ask("chat.unwritable later", null));
    }

    @Test
    void a_client_is_asked_and_answers_GS6_GS35() {
        ada.onAsk("chat.age", question -> question.equals("\"how old?\"") ? 36 : -1);
        assertThat(ada.ask("chat.ask me", null, Integer.class)).isEqualTo(37);
    }

    @Test
    void questions_are_counted_from_one_and_answered_once_GS52_GS53() {
        CompletionStage<Integer> first = member("ada").ask("age", null, Integer.class);
        ada.sendText("{\"id\":\"a7\",\"message\":\"socket.answer\",\"data\":0}"); // nobody waits for that
        ada.sendText("{\"id\":\"a1\",\"message\":\"socket.answer\",\"data\":36}");
        ada.sendText("{\"id\":\"a1\",\"message\":\"socket.answer\",\"data\":37}");
        assertThat(first).isCompletedWithValue(36);
        CompletionStage<Integer> second = member("ada").ask("age", null, Integer.class);
        ada.sendText("{\"id\":\"a1\",\"message\":\"socket.answer\",\"data\":1}");
        assertThat(second.toCompletableFuture()).isNotDone();
        ada.sendText("{\"id\":\"a2\",\"message\":\"socket.answer\",\"data\":2}");
        assertThat(second).isCompletedWithValue(2);
    }

    @Test
    void an_answer_to_nothing_is_ignored_GS52() {
        ada.sendText("{\"id\":\"a9\",\"message\":\"socket.answer\",\"data\":0}");
        ada.sendText("{\"id\":\"a9\",\"message\":\"socket.refuse\"}");
        assertThat(ada.ask("chat.one", null, Integer.class)).isEqualTo(1);
    }

    @Test
    void a_client_may_refuse() throws Exception {
        CompletionStage<Integer> answer = member("ada").ask("age", null, Integer.class);
        ada.sendText("{\"id\":\"a1\",\"message\":\"socket.refuse\",\"data\":{\"reason\":\"my secret\"}}");
        assertThat(refusal(answer)).returns(4403, Rejection::code).returns("my secret", Rejection::reason);
    }

    @Test
    void an_answer_of_another_type_is_none() throws Exception {
        ada.onAsk("chat.age", question -> "old");
        assertThat(refusal(member("ada").ask("age", null, Integer.class))).returns(4400, Rejection::code);
    }

    @Test
    void who_is_asked_may_refuse_and_say_why() throws Exception {
        ada.onAsk("chat.age", question -> {
            throw new Rejection(4403, "private", "a lady does not tell");
        });
        assertThat(refusal(member("ada").ask("age", null, Integer.class)))
                .returns(4403, Rejection::code)
                .returns("a lady does not tell", Rejection::reason);
    }

    @Test
    void who_does_not_answer_in_time_has_not_answered_and_nobody_goes_on_on_our_threads() throws Exception {
        CompletableFuture<String> thread = new CompletableFuture<>();
        CompletionStage<Object> answer = member("ada").ask("age", null, Integer.class, Duration.ofMillis(1));
        answer.whenComplete(
                (value, failure) -> thread.complete(Thread.currentThread().getName()));
        assertThat(refusal(answer)).returns(4408, Rejection::code);
        assertThat(thread.get(10, TimeUnit.SECONDS)).doesNotStartWith("pocket-clock");
    }

    @Test
    void who_goes_does_not_answer() throws Exception {
        Member member = member("ada");
        CompletionStage<Integer> before = member.ask("age", null, Integer.class);
        ada.vanish();
        assertThat(refusal(before)).returns(4410, Rejection::code);
        assertThat(refusal(member.ask("age", null, Integer.class))).returns(4410, Rejection::code);
    }

    @Test
    void one_peer_has_so_many_questions_at_most_and_is_not_bothered_with_more() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(member("ada").ask("age", null, Integer.class).toCompletableFuture())
                    .isNotDone();
        }
        assertThat(refusal(member("ada").ask("age", null, Integer.class))).returns(4429, Rejection::code);
        assertThat(ada.waiting("chat.age")).isEqualTo(3);
    }

    @Test
    void a_room_is_asked_and_one_learns_who_is_missing() throws Exception {
        pocket.connect("bob").join("chat").onAsk("chat.vote", question -> "yes");
        TestClient eve = pocket.connect("eve").join("chat");
        chat().members().forEach(member -> member.join("jury"));
        CompletionStage<Answers<String>> vote = chat().room("jury").askAll("vote", "guilty?", String.class, LONG);
        ada.sendText("{\"id\":\"a1\",\"message\":\"socket.answer\",\"data\":\"no\"}");
        assertThat(vote.toCompletableFuture()).isNotDone();
        eve.vanish();
        Answers<String> result = vote.toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(result.answers().entrySet().stream()
                        .map(each -> each.getKey().identity().name() + " " + each.getValue())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("ada no", "bob yes");
        assertThat(result.missing())
                .extracting(member -> member.identity().name())
                .containsExactly("eve");
    }

    @Test
    void nobody_asked_is_nobody_missing() {
        assertThat(chat().room("empty").askAll("vote", null, String.class, LONG))
                .isCompletedWithValue(new Answers<>(Map.of(), java.util.Set.of()));
        assertThat(pocket.channels().user("nobody").askAll("chat.vote", null, String.class, LONG))
                .isCompletedWithValue(new Answers<>(Map.of(), java.util.Set.of()));
    }

    @Test
    void a_user_is_asked_on_those_devices_that_are_in_the_channel() throws Exception {
        TestClient phone = pocket.connect("ada");
        ada.onAsk("chat.vote", question -> 1);
        Answers<Integer> answers = pocket.channels()
                .user("ada")
                .askAll("chat.vote", null, Integer.class, LONG)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(answers.answers().values()).containsExactly(1);
        assertThat(phone.waiting("chat.vote")).isZero();
    }
}
