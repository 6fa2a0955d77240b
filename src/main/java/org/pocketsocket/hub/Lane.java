package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings deliveries to outboxes, in the order they were put in. It takes everything that waits, and writes to each
 * recipient once: idle, a message leaves at once; busy, many leave together. Run it on a thread of its own.
 */
final class Lane implements Runnable {

    private static final Logger LOG = Logger.getLogger(Lane.class.getName());
    private static final Carousel.Source NOTHING = (before, aboard) -> List.of();

    private final int capacity;
    private final int batch;
    private final Meter meter;
    private List<Delivery> waiting = new ArrayList<>();
    private boolean stopped;
    private boolean busy;
    private @Nullable Thread thread;

    /**
     * @param capacity deliveries that may wait; senders of more wait themselves
     * @param batch about how many characters one recipient gets in one go; far below an outbox's bound, or a burst would
     *     count as slowness
     */
    Lane(int capacity, int batch, Meter meter) {
        this.meter = meter;
        this.capacity = capacity;
        this.batch = batch;
    }

    /** Adds a delivery; waits while the lane is full, unless the lane itself is sending. */
    synchronized void put(Delivery delivery) {
        boolean interrupted = false;
        while (waiting.size() >= capacity && !stopped && Thread.currentThread() != thread) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        waiting.add(delivery);
        if (waiting.size() == 1) {
            notifyAll();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all that was put in so far has been delivered. */
    synchronized void settle() throws InterruptedException {
        while (!stopped && (busy || !waiting.isEmpty())) {
            wait();
        }
    }

    /** Delivers what waits, and ends {@link #run}. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    @Override
    public void run() {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        List<Delivery> taken = take();
        while (!taken.isEmpty()) {
            long start = System.nanoTime();
            deliver(taken);
            meter.delivered(System.nanoTime() - start);
            taken = take();
        }
    }

    private synchronized List<Delivery> take() {
        if (busy && waiting.isEmpty()) {
            notifyAll(); // who waits for the lane to settle
        }
        busy = false;
        while (waiting.isEmpty() && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                stopped = true; // whoever interrupts our thread wants it to end
            }
        }
        List<Delivery> taken = waiting;
        waiting = new ArrayList<>(Math.min(taken.size(), 1024));
        busy = true;
        if (taken.size() >= capacity) {
            notifyAll();
        }
        return taken;
    }

    /** Delivers these, in order, in batches that no outbox chokes on. */
    private void deliver(List<Delivery> deliveries) {
        int from = 0;
        while (from < deliveries.size()) {
            int to = from;
            int weight = 0;
            while (to < deliveries.size() && weight < batch) {
                weight += deliveries.get(to++).weight();
            }
            deliverBatch(deliveries.subList(from, to), to == deliveries.size() ? this::next : NOTHING);
            from = to;
        }
    }

    /**
     * Run by run: with the last each recipient gets all that was appended for it, and who is not in that, then.
     *
     * @param source of more for the last run
     */
    private void deliverBatch(List<Delivery> deliveries, Carousel.Source source) {
        List<Peer> touched = new ArrayList<>();
        int from = 0;
        int to = endOfRun(deliveries, from);
        while (to < deliveries.size()) {
            deliver(deliveries.subList(from, to), NOTHING, (peer, load) -> {
                peer.append(load);
                touched.add(peer);
            });
            from = to;
            to = endOfRun(deliveries, from);
        }
        List<Delivery> last = deliveries.subList(from, to);
        while (!last.isEmpty()) { // more would keep those waiting who have been touched
            last = deliver(last, touched.isEmpty() ? source : NOTHING, Peer::send);
        }
        touched.forEach(Peer::flush); // who was in the last run too has nothing left: costs nothing
    }

    private List<Delivery> deliver(List<Delivery> run, Carousel.Source source, BiConsumer<Peer, Load> way) {
        try {
            return Carousel.deliver(run, source, way, meter);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "A delivery failed", e);
            return List.of();
        }
    }

    /** Takes what waits next and travels on with this one. */
    private synchronized List<Delivery> next(Delivery before, int aboard) {
        int to = 0;
        int sum = aboard;
        while (to < waiting.size() && waiting.get(to).continues(before) && sum < batch) {
            sum += waiting.get(to++).weight();
        }
        List<Delivery> taken = List.copyOf(waiting.subList(0, to));
        if (waiting.size() >= capacity && to > 0) {
            notifyAll();
        }
        waiting.subList(0, to).clear();
        return taken;
    }

    private static int endOfRun(List<Delivery> deliveries, int from) {
        int to = from + 1;
        while (to < deliveries.size() && deliveries.get(to).continues(deliveries.get(from))) {
            to++;
        }
        return to;
    }
}
