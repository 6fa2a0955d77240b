package org.pocketsocket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pocketsocket.test.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocketsocket.client.Chat.Line;
import org.pocketsocket.client.Chat.Receipt;
import org.pocketsocket.client.Chat.Said;
import org.pocketsocket.client.ClientException.Kind;

/** The modern face against our own hub. */
@Timeout(60)
class PocketClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ClientOptions QUICK =
            ClientOptions.DEFAULT.reconnect(Duration.ofMillis(20), Duration.ofMillis(100));

    private final HubServer server = HubServer.with(new Chat());
    private final PocketClient client = PocketClient.connect(server.uri(), QUICK);
    private final PocketChannel chat = client.channel("chat");

    @AfterEach
    void close() {
        client.close();
        server.close();
        eventually(PATIENCE, PocketClientTest::ourThreads, () -> ourThreads().isEmpty());
    }

    /** Of the client: none when all are closed. */
    static String ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pocket-client"))
                .reduce("", (all, name) -> all + name + " ");
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static ClientException no(CompletionStage<?> stage) {
        CompletionException failed = catchThrowableOfType(CompletionException.class, () -> get(stage));
        assertThat(failed).as("an exception").isNotNull();
        assertThat(failed.getCause()).isInstanceOf(ClientException.class);
        return (ClientException) failed.getCause();
    }

    static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("something within ten seconds").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void three_lines_are_enough_to_join_to_hear_and_to_ask() {
        BlockingQueue<Said> heard = new LinkedBlockingQueue<>();
        chat.on("said", Said.class, heard::add);
        assertThat(get(chat.join()).map()).containsEntry("greeting", "hello");
        assertThat(get(chat.ask("say", new Line("milk"), Receipt.class))).isEqualTo(new Receipt(4));
        assertThat(next(heard)).isEqualTo(new Said("milk", 4));
        assertThat(chat.isJoined()).isTrue();
        assertThat(client.state()).isEqualTo(ClientState.OPEN);
    }

    @Test
    void plain_maps_do_without_JSON_B() {
        BlockingQueue<Payload> heard = new LinkedBlockingQueue<>();
        chat.on("said", heard::add);
        chat.send("say", Map.of("text", "tea"));
        assertThat(next(heard).map()).containsEntry("text", "tea").containsEntry("length", 3L);
    }

    @Test
    void a_listener_can_be_taken_back() {
        List<String> some = new CopyOnWriteArrayList<>();
        BlockingQueue<String> all = new LinkedBlockingQueue<>();
        Runnable undo = chat.on("said", data -> some.add(data.json()));
        chat.onAny((event, data) -> all.add(event));
        get(chat.ask("say", new Line("one")));
        next(all);
        undo.run();
        undo.run();
        get(chat.ask("say", new Line("two")));
        next(all);
        assertThat(some).hasSize(1);
    }

    @Test
    void a_no_has_the_servers_code_name_and_sentence() {
        ClientException no = no(chat.ask("say", new Line("HELLO!")));
        assertThat(no.kind()).isEqualTo(Kind.REJECTED);
        assertThat(no.code()).isEqualTo(4409);
        assertThat(no.error()).isEqualTo("loud");
        assertThat(no).hasMessage("not so loud");
        assertThat(no(chat.ask("nope", null)).error()).isEqualTo("no_such_method");
    }

    @Test
    void the_servers_questions_are_answered() {
        chat.onAsk("quiz", String.class, question -> question.equals("7 times 6?") ? "42" : "?");
        assertThat(get(chat.ask("quiz me", null, String.class))).isEqualTo("42");
    }

    @Test
    void a_question_may_be_refused() {
        chat.onAsk("quiz", String.class, question -> {
            throw new IllegalStateException("I am busy");
        });
        assertThat(get(chat.ask("quiz me", null, String.class))).contains("I am busy");
    }

    @Test
    void handlers_are_called_in_order_and_never_two_at_once() {
        List<Integer> heard = new ArrayList<>(); // not thread-safe, on purpose
        BlockingQueue<Integer> done = new LinkedBlockingQueue<>();
        chat.on("numbered", Integer.class, number -> {
            heard.add(number);
            if (heard.size() == 2000) {
                done.add(2000);
            }
        });
        get(chat.join());
        for (int i = 0; i < 2000; i++) {
            chat.send("number", i);
        }
        next(done);
        assertThat(heard).isSorted().hasSize(2000);
    }

    @Test
    void a_lost_connection_comes_back_and_channels_are_joined_again() {
        BlockingQueue<Boolean> joins = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        chat.onJoin(joins::add);
        chat.on("numbered", Integer.class, heard::add);
        get(chat.join());
        assertThat(next(joins)).isFalse();
        server.cut();
        assertThat(next(joins)).isTrue();
        assertThat(joins).isEmpty();
        get(chat.ask("number", 5));
        assertThat(next(heard)).isEqualTo(5);
    }

    @Test
    void every_change_of_state_is_told() {
        BlockingQueue<ClientState> states = new LinkedBlockingQueue<>();
        BlockingQueue<Optional<ClientException>> reasons = new LinkedBlockingQueue<>();
        client.onState((state, why) -> {
            states.add(state);
            reasons.add(why);
        });
        server.cut();
        assertThat(next(states)).isEqualTo(ClientState.WAITING);
        assertThat(next(reasons))
                .hasValueSatisfying(why -> assertThat(why.kind()).isEqualTo(Kind.UNREACHABLE));
        assertThat(next(states)).isEqualTo(ClientState.CONNECTING);
        assertThat(next(states)).isEqualTo(ClientState.OPEN);
        client.close();
        assertThat(next(states)).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void events_are_published_as_far_as_they_are_asked_for() {
        BlockingQueue<ClientEvent> got = new LinkedBlockingQueue<>();
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        BlockingQueue<Flow.Subscription> subscription = new LinkedBlockingQueue<>();
        client.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                subscription.add(given);
                given.request(1);
            }

            @Override
            public void onNext(ClientEvent item) {
                got.add(item);
            }

            @Override
            public void onError(Throwable why) {
                ends.add("error");
            }

            @Override
            public void onComplete() {
                ends.add("complete");
            }
        });
        get(chat.join());
        get(chat.ask("number", 1));
        get(chat.ask("number", 2));
        assertThat(next(got).data().as(int.class)).isEqualTo(1);
        assertThat(got).isEmpty();
        next(subscription).request(1);
        assertThat(next(got))
                .extracting(ClientEvent::channel, ClientEvent::name)
                .containsExactly("chat", "numbered");
        client.close();
        assertThat(next(ends)).isEqualTo("complete");
    }

    @Test
    void what_is_said_without_a_connection_waits_for_one() {
        HubServer other = HubServer.with();
        int port = other.port();
        other.close();
        PocketClient early = PocketClient.start(other.uri(), QUICK);
        PocketChannel early_chat = early.channel("chat");
        CompletionStage<Integer> answer = early_chat.ask("number", 7, Integer.class);
        try (HubServer late = HubServer.on(port, Map.of(), null, new Chat())) {
            assertThat(get(answer)).isEqualTo(7);
            assertThat(get(early.opened())).isSameAs(early);
        } finally {
            early.close();
        }
    }

    @Test
    void what_waits_is_bounded() {
        HubServer other = HubServer.with();
        other.close();
        PocketClient early = PocketClient.start(other.uri(), QUICK.queue(2, Duration.ofSeconds(60)));
        BlockingQueue<RuntimeException> faults = new LinkedBlockingQueue<>();
        early.onError(faults::add);
        early.channel("chat").send("number", 1);
        early.channel("chat").send("number", 2);
        assertThat(no(early.channel("chat").ask("number", 3)).kind()).isEqualTo(Kind.FULL);
        early.channel("chat").send("number", 4);
        assertThat(next(faults)).isInstanceOfSatisfying(ClientException.class, no -> assertThat(no.kind())
                .isEqualTo(Kind.FULL));
        early.close();
    }

    @Test
    void what_was_asked_fails_with_the_close_and_nothing_works_after_it() {
        client.close();
        assertThat(no(chat.ask("number", 1)).kind()).isEqualTo(Kind.CLOSED);
        assertThat(no(chat.join()).kind()).isEqualTo(Kind.CLOSED);
        assertThatExceptionOfType(ClientException.class).isThrownBy(() -> chat.send("number", 1));
        assertThat(client.state()).isEqualTo(ClientState.CLOSED);
    }

    @Test
    void a_message_for_no_channel_is_relayed_to_the_others() {
        BlockingQueue<ClientEvent> heard = new LinkedBlockingQueue<>();
        try (PocketClient other = PocketClient.connect(server.uri())) {
            other.onAny(heard::add);
            client.send("Art can be very abstract.");
            ClientEvent event = next(heard);
            while (event.channel().equals("socket")) {
                event = next(heard); // greetings of others
            }
            assertThat(event.channel()).isEqualTo("Art can be very abstract");
        }
    }

    @Test
    void a_handler_that_fails_is_reported_and_hurts_nobody() {
        BlockingQueue<RuntimeException> faults = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> heard = new LinkedBlockingQueue<>();
        client.onError(faults::add);
        chat.on("numbered", data -> {
            throw new IllegalStateException("oops");
        });
        chat.on("numbered", Integer.class, heard::add);
        get(chat.ask("number", 1));
        assertThat(next(heard)).isEqualTo(1);
        assertThat(next(faults)).hasMessage("oops");
    }

    @Test
    void who_leaves_before_it_was_let_in_is_out() {
        CompletionStage<Payload> joined = chat.join();
        get(chat.leave());
        get(joined);
        BlockingQueue<RuntimeException> faults = new LinkedBlockingQueue<>();
        client.onError(faults::add);
        client.send("socket.leave", Map.of("channel", "chat"));
        assertThat(next(faults)).hasMessage("you are not in channel \"chat\"");
        assertThat(chat.isJoined()).isFalse();
    }
}
