package org.pocketsocket.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import org.pocketsocket.client.ClientException.Kind;

/**
 * Events for reactive code. A subscriber gets what comes from its subscription on, on the client's handler thread; one
 * that leaves more than 1,024 events unasked for is ended with an error, and the others do not notice.
 */
final class Feed implements Flow.Publisher<ClientEvent> {

    static final int LIMIT = 1024;

    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final Serial serial;

    Feed(Serial serial) {
        this.serial = serial;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ClientEvent> subscriber) {
        Tap tap = new Tap(subscriber);
        serial.execute(() -> {
            subscriber.onSubscribe(tap);
            if (!tap.over) {
                taps.add(tap);
            }
        });
    }

    /** On the handler thread, as all below. */
    void publish(ClientEvent event) {
        taps.forEach(tap -> tap.offer(event));
    }

    void end() {
        taps.forEach(Tap::complete);
    }

    private final class Tap implements Flow.Subscription {

        private final Flow.Subscriber<? super ClientEvent> subscriber;
        private final Queue<ClientEvent> waiting = new ArrayDeque<>();
        private long wanted;
        private volatile boolean over;

        Tap(Flow.Subscriber<? super ClientEvent> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            serial.execute(() -> {
                if (count <= 0) {
                    fail(new IllegalArgumentException("asked for " + count + " events"));
                    return;
                }
                wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
                drain();
            });
        }

        @Override
        public void cancel() {
            over = true;
            taps.remove(this);
            serial.execute(waiting::clear);
        }

        void offer(ClientEvent event) {
            if (over) {
                return;
            }
            waiting.add(event);
            drain();
            if (waiting.size() > LIMIT) {
                fail(ClientException.of(Kind.FULL, "The subscriber left " + LIMIT + " events waiting"));
            }
        }

        private void drain() {
            while (!over && wanted > 0 && !waiting.isEmpty()) {
                wanted--;
                subscriber.onNext(waiting.remove());
            }
        }

        private void fail(Throwable why) {
            if (!over) {
                cancel();
                subscriber.onError(why);
            }
        }

        void complete() {
            if (!over) {
                drain();
                cancel();
                subscriber.onComplete();
            }
        }
    }
}
