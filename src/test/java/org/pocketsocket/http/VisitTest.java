package org.pocketsocket.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Handshake;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.hub.Goodbye;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Outside;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.message.Json;
import org.pocketsocket.message.Parcel;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;
import org.pocketsocket.settings.Settings;

class VisitTest {

    private final Json json = new Json();
    private final Hub hub = new Hub(Settings.of(Map.of()), json, Outside.plain(Runnable::run));
    private final Visit visit = new Visit(new Visit.Terms("s", "", false, 1000), () -> {});

    private Peer peer;

    /** As a container has it: whoever ends the request is told on the spot that it is over. */
    private final class Request implements Held {

        private final List<String> answers = new ArrayList<>();

        @Override
        public boolean send(long last, List<String> messages, @Nullable Goodbye goodbye, Runnable ready) {
            answer(last + " " + messages);
            return false;
        }

        @Override
        public void ping(long last) {
            end();
        }

        @Override
        public void end() {
            answer("[]");
        }

        private void answer(String text) {
            answers.add(text);
            visit.broke(this);
        }

        @Override
        public boolean isOver() {
            return !answers.isEmpty();
        }
    }

    @BeforeEach
    void open() {
        peer = hub.connect(Handshake.from("127.0.0.1", 1), new PocketCodec(WireLimits.DEFAULT), visit);
        visit.belongsTo(peer);
    }

    @AfterEach
    void close() {
        hub.disconnect(peer, Reason.CLOSED);
        hub.close();
        json.close();
    }

    private Request held() {
        Request request = new Request();
        visit.hold(request, 0);
        return request;
    }

    @Test
    void a_ping_ends_the_request_that_is_held_and_the_next_one_takes_its_place() {
        Request first = held();
        visit.ping();
        assertThat(first.answers).containsExactly("[]");
        visit.ping();
        Request next = held();
        visit.write(Parcel.of("tea"), false, () -> {});
        assertThat(next.answers).containsExactly("1 [tea]");
        assertThat(first.answers).hasSize(1);
    }

    @Test
    void it_is_counted_by_what_it_is() {
        assertThat(visit.transport()).isEqualTo("poll");
        assertThat(new Visit(new Visit.Terms("s", "", true, 1000), () -> {}).transport())
                .isEqualTo("events");
    }

    @Test
    void a_second_request_ends_the_first() {
        Request first = held();
        Request second = held();
        assertThat(first.answers).containsExactly("[]");
        assertThat(second.answers).isEmpty();
    }
}
