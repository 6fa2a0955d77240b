package org.pocketsocket.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

class CarouselTest {

    private final Json json = new Json();
    private final Hub hub = new Hub(Settings.of(Map.of("pocket.announce", 0)), json, Outside.plain(Runnable::run));
    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Set<Peer> crowd = Collections.synchronizedSet(new LinkedHashSet<>());
    private final IdentityHashMap<Peer, List<List<String>>> got = new IdentityHashMap<>();
    private final List<Peer> all = new ArrayList<>();

    private Peer comes() {
        FakeWire wire = new FakeWire();
        Peer peer = hub.connect(Handshake.from("127.0.0.1", 1), codec, wire);
        wire.whenClosed(() -> hub.disconnect(peer, Reason.LOST));
        crowd.add(peer);
        all.add(peer);
        got.put(peer, new ArrayList<>());
        return peer;
    }

    private void come(int count) {
        IntStream.range(0, count).forEach(i -> comes());
    }

    @AfterEach
    void end() {
        all.forEach(peer -> hub.disconnect(peer, Reason.CLOSED));
        hub.close();
        json.close();
    }

    private Delivery says(String text, Peer... except) {
        return new Delivery(crowd, new Outgoing.Verbatim(text), Set.of(except), Delivery.How.SAFE);
    }

    /** Goes round with these; after each stretch comes what the next of {@code meanwhile} brings. */
    private List<Delivery> goes(Queue<Carousel.Source> meanwhile, Delivery... first) {
        return Carousel.deliver(
                List.of(first),
                (before, aboard) ->
                        meanwhile.isEmpty() ? List.of() : meanwhile.remove().next(before, aboard),
                (peer, load) -> got.get(peer).add(load.parcel().texts()),
                Meter.NONE);
    }

    private static Queue<Carousel.Source> meanwhile(Carousel.Source... sources) {
        return new ConcurrentLinkedQueue<>(List.of(sources));
    }

    private List<List<String>> got(int number) {
        return got.get(all.get(number));
    }

    @Test
    void who_comes_aboard_on_the_way_goes_round_once() {
        come(600);
        List<Delivery> behind = goes(meanwhile((before, aboard) -> List.of(says("b"), says("c"))), says("a"));
        assertThat(behind).isEmpty();
        assertThat(got(0)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(got(Carousel.STRETCH - 1)).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(got(Carousel.STRETCH)).containsExactly(List.of("a", "b", "c"));
        assertThat(got(599)).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void it_goes_on_as_long_as_somebody_comes() {
        come(600);
        Queue<Carousel.Source> more = meanwhile();
        IntStream.range(0, 100).forEach(i -> more.add((before, aboard) -> List.of(says("n" + i))));
        goes(more, says("first"));
        List<String> expected = new ArrayList<>(List.of("first"));
        IntStream.range(0, 100).forEach(i -> expected.add("n" + i));
        assertThat(all).allSatisfy(peer -> assertThat(got.get(peer).stream().flatMap(List::stream))
                .containsExactlyElementsOf(expected));
        assertThat(got(0)).as("many in one write").hasSizeLessThan(10);
    }

    @Test
    void newcomers_are_not_forgotten() {
        come(300);
        List<Delivery> behind = goes(
                meanwhile(
                        (before, aboard) -> {
                            comes();
                            return List.of(says("b"));
                        },
                        (before, aboard) -> List.of(says("never"))),
                says("a"));
        assertThat(behind)
                .extracting(each -> ((Outgoing.Verbatim) each.message()).text())
                .containsExactly("b");
        assertThat(got(299)).containsExactly(List.of("a"));
        assertThat(got(300)).isEmpty();
    }

    @Test
    void who_has_left_gets_nothing_more() {
        come(300);
        goes(
                meanwhile((before, aboard) -> {
                    crowd.remove(all.get(0));
                    crowd.remove(all.get(299));
                    return List.of(says("b"));
                }),
                says("a"));
        assertThat(got(0)).containsExactly(List.of("a"));
        assertThat(got(1)).containsExactly(List.of("a"), List.of("b"));
        assertThat(got(299)).isEmpty();
    }

    @Test
    void who_is_left_out_is_left_out() {
        come(600);
        goes(meanwhile((before, aboard) -> List.of(says("b", all.get(0), all.get(599)))), says("a"));
        assertThat(got(0)).containsExactly(List.of("a"));
        assertThat(got(599)).containsExactly(List.of("a"));
        assertThat(got(598)).containsExactly(List.of("a", "b"));
    }

    @Test
    void it_says_what_it_carries() {
        come(600);
        List<Integer> loads = new ArrayList<>();
        Carousel.Source source = (before, aboard) -> {
            loads.add(aboard);
            return loads.size() == 1 ? List.of(says("b".repeat(700))) : List.of();
        };
        goes(meanwhile(source, source), says("a".repeat(200)));
        assertThat(loads).containsExactly(200, 900);
    }

    @Test
    void a_small_crowd_is_served_in_one_go() {
        come(Carousel.STRETCH);
        goes(meanwhile((before, aboard) -> List.of(says("never"))), says("a"), says("b"));
        assertThat(all).allSatisfy(peer -> assertThat(got.get(peer)).containsExactly(List.of("a", "b")));
    }
}
