package org.pocketsocket.hub;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Audience.Answers;
import org.pocketsocket.Member;
import org.pocketsocket.Rejection;
import org.pocketsocket.message.Json;

/** Sends questions and brings back answers. Ids are counted from 1 for the whole server: a room shares one. */
final class Asking {

    private final Json json;
    private final BiConsumer<Duration, Runnable> timer;
    private final int most;
    private final AtomicLong ids = new AtomicLong();

    /**
     * @param timer runs a task later, on a thread for the application's code: who waits for an answer goes on there
     * @param most questions that one peer may have open at a time
     */
    Asking(Json json, BiConsumer<Duration, Runnable> timer, int most) {
        this.json = json;
        this.timer = timer;
        this.most = most;
    }

    record Question(
            LiveChannel channel, String event, @Nullable Object data) {}

    CompletionStage<@Nullable Object> ask(Peer peer, Question question, Type type, Duration timeout) {
        return ask(peer, question, timeout).thenApply(data -> bind(data, type));
    }

    <T> CompletionStage<T> ask(Peer peer, Question question, Class<T> type, Duration timeout) {
        return ask(peer, question, timeout).thenApply(data -> bind(data, type));
    }

    private CompletableFuture<String> ask(Peer peer, Question question, Duration timeout) {
        String id = nextId();
        CompletableFuture<String> answer = expect(peer, id, timeout);
        if (!answer.isDone()) {
            send(List.of(peer), id, question);
        }
        return answer;
    }

    <T> CompletionStage<Answers<T>> askAll(List<Peer> peers, Question question, Class<T> type, Duration timeout) {
        String id = nextId();
        Map<Member, CompletableFuture<T>> open = new HashMap<>();
        List<Peer> asked = new ArrayList<>();
        for (Peer peer : peers) {
            Member member = question.channel.member(peer);
            if (member != null) {
                CompletableFuture<String> answer = expect(peer, id, timeout);
                if (!answer.isDone()) {
                    asked.add(peer);
                }
                open.put(member, answer.thenApply(data -> bind(data, type)));
            }
        }
        send(asked, id, question);
        return CompletableFuture.allOf(open.values().toArray(CompletableFuture<?>[]::new))
                .handle((nothing, failure) -> collect(open));
    }

    private static <T> Answers<T> collect(Map<Member, CompletableFuture<T>> done) {
        Map<Member, T> answers = new HashMap<>();
        Set<Member> missing = new HashSet<>();
        done.forEach((member, answer) -> {
            if (answer.isCompletedExceptionally() || answer.getNow(null) == null) {
                missing.add(member);
            } else {
                answers.put(member, answer.join());
            }
        });
        return new Answers<>(answers, missing);
    }

    private CompletableFuture<String> expect(Peer peer, String id, Duration timeout) {
        CompletableFuture<String> answer = peer.asks.expect(id, most);
        timer.accept(
                timeout,
                () -> answer.completeExceptionally(new Rejection(4408, "timeout", "no answer within " + timeout)));
        if (peer.isGone()) {
            peer.asks.end();
        }
        return answer;
    }

    private void send(List<Peer> peers, String id, Question question) {
        LiveChannel channel = question.channel;
        channel.voice.deliver(new Delivery(
                peers, channel.voice.message(id, question.event, question.data), Set.of(), Delivery.How.SAFE));
    }

    private @Nullable Object bind(String data, Type type) {
        return bound(() -> json.read(data, type));
    }

    private <T> @Nullable T bind(String data, Class<T> type) {
        return bound(() -> json.read(data, type));
    }

    private static <T extends @Nullable Object> T bound(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new Rejection(4400, "invalid_answer", "the answer is not what was asked for");
        }
    }

    private String nextId() {
        return "\"a" + ids.incrementAndGet() + '"';
    }
}
