package org.pocketsocket.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** One channel that the client is in, or wants to be in: it is joined again on each new connection. */
final class Membership {

    final String channel;
    final Streams streams;
    Map<String, String> data = Map.of();

    /** The server has said yes, on this connection. */
    boolean joined;

    /** The server has said yes before. */
    boolean wasJoined;

    Membership(String channel) {
        this.channel = channel;
        this.streams = new Streams(channel);
    }

    /** What to say to get in, and not to miss anything. */
    Say.Join join(long id) {
        streams.hold();
        Map<String, String> all = new LinkedHashMap<>(data);
        String since = streams.since();
        if (since != null) {
            all.put("since", since);
        }
        return new Say.Join(channel, all, id);
    }
}
