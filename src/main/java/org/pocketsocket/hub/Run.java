package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Parcel;

/**
 * Deliveries one behind the other to the same crowd, put together: encoded once per dialect, and one load for each
 * recipient, the same for all but those that somebody left out.
 */
final class Run {

    private final List<Delivery> deliveries;
    private final BiFunction<Codec, Delivery, String> encoding;
    private final Set<Peer> leftOut;
    private final IdentityHashMap<Codec, List<String>> texts = new IdentityHashMap<>();
    private final IdentityHashMap<Codec, Load> loads = new IdentityHashMap<>();

    /** @param encoding what a message is in a dialect; asked for once each */
    Run(List<Delivery> deliveries, BiFunction<Codec, Delivery, String> encoding) {
        this.deliveries = deliveries;
        this.encoding = encoding;
        this.leftOut = leftOut(deliveries);
    }

    /** Brings each of these its load. */
    void deliver(Iterable<Peer> to, BiConsumer<Peer, Load> way, Meter meter) {
        int messages = 0;
        long bytes = 0;
        for (Peer peer : to) {
            Load load = leftOut.contains(peer) ? loadFor(peer) : load(peer.codec);
            if (load.bytes() > 0) {
                way.accept(peer, load);
                messages += load.parcel().texts().size();
                bytes += load.bytes();
            }
        }
        meter.sent(messages, bytes);
    }

    private Load load(Codec codec) {
        Load load = loads.get(codec);
        if (load == null) {
            load = load(texts(codec));
            loads.put(codec, load);
        }
        return load;
    }

    private Load loadFor(Peer peer) {
        List<String> all = texts(peer.codec);
        List<String> some = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            if (!deliveries.get(i).except().contains(peer)) {
                some.add(all.get(i));
            }
        }
        return load(some);
    }

    private Load load(List<String> some) {
        Delivery.How how = deliveries.get(0).how();
        return new Load(new Parcel(some), how.policy(), how.key());
    }

    private List<String> texts(Codec codec) {
        return texts.computeIfAbsent(codec, c -> deliveries.stream()
                .map(delivery -> encoding.apply(c, delivery))
                .toList());
    }

    private static Set<Peer> leftOut(List<Delivery> deliveries) {
        if (deliveries.size() == 1) {
            return deliveries.get(0).except();
        }
        Set<Peer> all = new HashSet<>();
        deliveries.forEach(delivery -> all.addAll(delivery.except()));
        return all;
    }
}
