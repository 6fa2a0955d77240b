package org.pocketsocket.hub;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.history.Archive;
import org.pocketsocket.history.Page;
import org.pocketsocket.history.Place;
import org.pocketsocket.history.Range;
import org.pocketsocket.history.StreamName;
import org.pocketsocket.history.Terms;
import org.pocketsocket.message.Outgoing;

/**
 * Gives events their place, keeps them, and puts them into the lane, in one order: one publication of a channel at a time.
 * Who gets an event is looked up when it has its place. So whoever is in before it reads the history misses nothing: what
 * is not in what it reads is still to come.
 */
final class Journal {

    private final Archive archive;
    private final Object[] locks =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();

    Journal(Archive archive) {
        this.archive = archive;
    }

    void publish(LiveChannel from, Publication publication) {
        synchronized (locks[Math.floorMod(from.name().hashCode(), locks.length)]) {
            LiveChannel channel = from.current();
            Place place = archive.append(
                    new StreamName(channel.name(), publication.room()), publication.terms(), publication.draft());
            Outgoing.Spot spot = new Outgoing.Spot(publication.room(), place.offset());
            Outgoing event = new Outgoing.Event(
                    null, channel.name(), publication.event(), publication.data(), publication.spread(), spot);
            channel.voice.put(new Delivery(
                    channel.crowd(publication.room()), event, publication.except(), how(channel, publication.event())));
        }
    }

    private static Delivery.How how(LiveChannel channel, String event) {
        Delivery.How how = channel.voice.how();
        return how.policy() == Policy.KEEP_LATEST ? channel.voice.latest(event, "") : how;
    }

    /** What is kept of a stream; null when none is. */
    @Nullable
    Page read(LiveChannel channel, String room, Range range) {
        Terms terms = channel.terms(room);
        return terms == null ? null : archive.read(new StreamName(channel.name(), room), terms, range);
    }

    void close() {
        archive.close();
    }
}
