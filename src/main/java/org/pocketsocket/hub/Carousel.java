package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.pocketsocket.message.Codec;

/**
 * A run to a large crowd. While it goes round it takes aboard what comes for the same crowd: who is served next gets it with
 * the rest in one write, and who was served before gets it when its turn comes again. So each gets each message once and in
 * order, and under load as many in one write as are under way; in runs one behind the other it would be half as many.
 */
@SuppressWarnings("ReferenceEquality") // a peer is equal to itself only
final class Carousel {

    /** Recipients that get the same load. Among fewer there is nothing to gain. */
    static final int STRETCH = 32;

    /** Where there is more for the same crowd. */
    interface Source {

        /** What comes next and continues this one, as much as fits in one go with what is aboard already. */
        List<Delivery> next(Delivery before, int aboard);
    }

    /** A message, and how many are to get it yet. */
    private static final class Rider {

        private final Delivery delivery;
        private int left;

        Rider(Delivery delivery, int left) {
            this.delivery = delivery;
            this.left = left;
        }
    }

    private final Set<Peer> crowd;
    private final List<Peer> seats;
    private final List<Rider> riders = new ArrayList<>();
    private final IdentityHashMap<Delivery, Map<Codec, String>> texts = new IdentityHashMap<>();
    private List<Delivery> behind = List.of();

    private Carousel(Set<Peer> crowd, List<Delivery> first) {
        this.crowd = crowd;
        this.seats = List.copyOf(crowd);
        first.forEach(this::add);
    }

    /**
     * Delivers this run, and more of the kind.
     *
     * @return what was taken from the source and is for newcomers, too: to be delivered next
     */
    static List<Delivery> deliver(List<Delivery> run, Source source, BiConsumer<Peer, Load> way, Meter meter) {
        if (!(run.get(0).to() instanceof Set<Peer> crowd) || crowd.size() <= STRETCH) {
            new Run(run, (codec, each) -> codec.encode(each.message()))
                    .deliver(run.get(0).to(), way, meter);
            return List.of();
        }
        Carousel carousel = new Carousel(crowd, run);
        carousel.turn(source, way, meter);
        return carousel.behind;
    }

    private void add(Delivery delivery) {
        riders.add(new Rider(delivery, seats.size()));
    }

    private void turn(Source source, BiConsumer<Peer, Load> way, Meter meter) {
        int at = 0;
        while (!riders.isEmpty() && !seats.isEmpty()) {
            List<Peer> stretch = seats.subList(at, Math.min(at + STRETCH, seats.size()));
            Iterable<Peer> here = () -> stretch.stream().filter(crowd::contains).iterator();
            new Run(riders.stream().map(rider -> rider.delivery).toList(), this::encode).deliver(here, way, meter);
            riders.forEach(rider -> rider.left -= stretch.size());
            riders.removeIf(this::isDone);
            at = (at + stretch.size()) % seats.size();
            takeAboard(source);
        }
    }

    private String encode(Codec codec, Delivery delivery) {
        return texts.computeIfAbsent(delivery, any -> new IdentityHashMap<>())
                .computeIfAbsent(codec, any -> any.encode(delivery.message()));
    }

    private boolean isDone(Rider rider) {
        if (rider.left == 0) {
            texts.remove(rider.delivery);
        }
        return rider.left == 0;
    }

    /** Newcomers have no seat: what may be for them waits. Looked up when it has been taken, for they came before it. */
    private void takeAboard(Source source) {
        if (riders.isEmpty() || !behind.isEmpty()) {
            return;
        }
        int weight = riders.stream().mapToInt(rider -> rider.delivery.weight()).sum();
        List<Delivery> next = source.next(riders.get(riders.size() - 1).delivery, weight);
        if (next.isEmpty() || hasNewcomers()) {
            behind = next;
        } else {
            next.forEach(this::add);
        }
    }

    /** Whether the crowd is more than the seats, some of which are free now: both are in the same order, mostly. */
    private boolean hasNewcomers() {
        Iterator<Peer> seat = seats.iterator();
        for (Peer peer : crowd) {
            boolean sits = false;
            while (!sits && seat.hasNext()) {
                sits = seat.next() == peer;
            }
            if (!sits) {
                return !Set.copyOf(seats).containsAll(crowd);
            }
        }
        return false;
    }
}
