package org.pocketsocket.hub;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.pocketsocket.message.Codec;
import org.pocketsocket.message.Parcel;

/**
 * Deliveries one behind the other to the same crowd, put together: encoded once per dialect, and one parcel for each
 * recipient, the same for all but those that somebody left out.
 */
final class Run {

    private final List<Delivery> deliveries;
    private final Set<Peer> leftOut;
    private final IdentityHashMap<Codec, List<String>> texts = new IdentityHashMap<>();
    private final IdentityHashMap<Codec, Parcel> parcels = new IdentityHashMap<>();

    Run(List<Delivery> deliveries) {
        this.deliveries = deliveries;
        this.leftOut = leftOut(deliveries);
    }

    /** Appends to the outbox of every recipient, and hands it on. */
    void append(Consumer<Peer> then) {
        for (Peer peer : deliveries.get(0).to()) {
            Parcel parcel = leftOut.contains(peer) ? parcelFor(peer) : parcel(peer.codec);
            if (!parcel.texts().isEmpty()) {
                peer.append(parcel);
                then.accept(peer);
            }
        }
    }

    private Parcel parcel(Codec codec) {
        Parcel parcel = parcels.get(codec);
        if (parcel == null) {
            parcel = new Parcel(texts(codec));
            parcels.put(codec, parcel);
        }
        return parcel;
    }

    private Parcel parcelFor(Peer peer) {
        List<String> all = texts(peer.codec);
        List<String> some = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            if (!deliveries.get(i).except().contains(peer)) {
                some.add(all.get(i));
            }
        }
        return new Parcel(some);
    }

    private List<String> texts(Codec codec) {
        return texts.computeIfAbsent(codec, c -> deliveries.stream()
                .map(delivery -> c.encode(delivery.message()))
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
