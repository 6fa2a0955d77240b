package org.pocketsocket.demo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.OnJoin;

/** A line every second to everybody: news from a timer. */
@Channel("ticker")
public class TickerChannel {

    private static final List<String> LINES = List.of(
            "An old silent pond",
            "a frog of bytes jumps in: plop",
            "the socket answers",
            "Light of the router",
            "is passed to another one",
            "spring in the server",
            "Over the wide wire",
            "a small frame, and no one hears",
            "but all who listen",
            "Autumn, a late build",
            "on one bare branch a green tick",
            "nightfall, and merge it");

    private final AtomicLong count = new AtomicLong();
    private @Nullable Future<?> job;

    public record Tick(long no, String text, long at) {}

    @OnJoin
    synchronized void join(ChannelRef ticker) {
        if (job == null || job.isDone()) {
            job = ticker.every(Duration.ofSeconds(1), () -> ticker.send("tick", next()));
        }
    }

    private Tick next() {
        long no = count.incrementAndGet();
        return new Tick(no, LINES.get((int) ((no - 1) % LINES.size())), System.currentTimeMillis());
    }
}
