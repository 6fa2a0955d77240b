package org.pocketsocket.hub;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;

/** What one peer was asked and has not answered yet. Each answer is taken once; one that nobody waits for is ignored. */
final class Asks {

    private volatile @Nullable Map<String, CompletableFuture<String>> waiting;

    /** @param most that may be open at a time */
    @SuppressWarnings("FutureReturnValueIgnored") // what only cleans up has nothing to report
    CompletableFuture<String> expect(String id, int most) {
        Map<String, CompletableFuture<String>> open = open();
        CompletableFuture<String> answer = new CompletableFuture<>();
        if (open.size() >= most) {
            answer.completeExceptionally(
                    new Rejection(4429, "too_many", "the peer has " + most + " questions to answer"));
        } else {
            open.put(id, answer);
            answer.whenComplete((data, failure) -> open.remove(id));
        }
        return answer;
    }

    void answer(String id, String data) {
        CompletableFuture<String> answer = find(id);
        if (answer != null) {
            answer.complete(data);
        }
    }

    void refuse(String id, Rejection no) {
        CompletableFuture<String> answer = find(id);
        if (answer != null) {
            answer.completeExceptionally(no);
        }
    }

    /** The peer is gone. */
    void end() {
        Map<String, CompletableFuture<String>> open = waiting;
        if (open != null) {
            Rejection gone = new Rejection(4410, "gone", "the peer is gone");
            List.copyOf(open.values()).forEach(answer -> answer.completeExceptionally(gone));
        }
    }

    private @Nullable CompletableFuture<String> find(String id) {
        Map<String, CompletableFuture<String>> open = waiting;
        return open == null ? null : open.get(id);
    }

    private synchronized Map<String, CompletableFuture<String>> open() {
        Map<String, CompletableFuture<String>> open = waiting;
        if (open == null) {
            open = new ConcurrentHashMap<>();
            waiting = open;
        }
        return open;
    }
}
