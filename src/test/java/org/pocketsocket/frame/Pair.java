package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Two ends without a network between them. */
final class Pair {
    private final Connection from;
    private final Connection to;
    private final List<Message> received = new ArrayList<>();

    Pair(Role role, Rules ours, Rules theirs) {
        assertThat(ours.role()).isEqualTo(role);
        from = new Connection(ours);
        to = new Connection(theirs);
    }

    void send(Data data) {
        to.receive(from.send(data));
        while (to.next() instanceof Message message) {
            received.add(message);
            if (message.type().equals("close")) {
                return;
            }
        }
    }

    List<Message> received() {
        return received;
    }
}
