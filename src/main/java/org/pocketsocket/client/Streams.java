package org.pocketsocket.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;

/**
 * Keeps the order of one channel's events, and notices what is missing (docs/protocol.md, history). Each room that keeps
 * history counts its events; the channel itself is the room without a name. No I/O: it is told, and says what to do.
 */
final class Streams {

    /** What waits for missing events at most; more means that the gap is not to be mended. */
    private static final int MOST = 10_000;

    private final String channel;
    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private List<Heard.Event> held = new ArrayList<>();
    private boolean holding;

    /** How far a room was read. An event does not say which epoch it is of: until the server was asked it is empty. */
    private record Mark(String epoch, long offset) {}

    /**
     * What follows.
     *
     * @param deliver events, in their order
     * @param gaps rooms of which something was missed for good
     * @param fetch a room of which something is missing, to be asked for: {@link #missing}
     */
    record Next(
            List<Heard.Event> deliver,
            List<String> gaps,
            @Nullable String fetch) {}

    Streams(String channel) {
        this.channel = channel;
    }

    /** From now on, until the history has come, events wait. */
    void hold() {
        holding = true;
    }

    /** An event came. */
    Next live(Heard.Event event) {
        List<Heard.Event> deliver = new ArrayList<>();
        String fetch = take(event, deliver);
        return new Next(deliver, List.of(), fetch);
    }

    private @Nullable String take(Heard.Event event, List<Heard.Event> deliver) {
        if (holding && held.size() < MOST) {
            held.add(event);
            return null;
        }
        Heard.Place place = event.place();
        Mark mark = place == null ? null : marks.get(place.room());
        if (place == null) {
            deliver.add(event);
        } else if (mark == null) {
            deliver.add(event);
            marks.put(place.room(), new Mark("", place.offset()));
            holding = true;
            return place.room(); // a room that it was put into: where to go on must be known
        } else if (place.offset() == mark.offset + 1) {
            marks.put(place.room(), new Mark(mark.epoch, place.offset()));
            deliver.add(event);
        } else if (place.offset() > mark.offset) {
            holding = true;
            held.add(event);
            return place.room();
        }
        return null; // what was there already is not told again
    }

    /** Where to go on, for a join: {@code {"":{"epoch":"e","offset":12}}}; nothing when nothing was read yet. */
    @Nullable
    String since() {
        if (marks.isEmpty()) {
            return null;
        }
        Map<String, String> rooms = new LinkedHashMap<>();
        marks.keySet().forEach(room -> rooms.put(room, since(room)));
        return Pocket.object(rooms);
    }

    /** The same of one room. */
    String since(String room) {
        Mark mark = marks.getOrDefault(room, new Mark("", 0));
        Map<String, String> since = new LinkedHashMap<>();
        since.put("epoch", JsonParts.quote(mark.epoch));
        since.put("offset", String.valueOf(mark.offset));
        return Pocket.object(since);
    }

    /** What to ask, when something of a room is missing. */
    Say.Command missing(String room, long id) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("channel", JsonParts.quote(channel));
        if (!room.isEmpty()) {
            data.put("room", JsonParts.quote(room));
        }
        if (marks.getOrDefault(room, new Mark("", 0)).epoch.isEmpty()) {
            data.put("limit", "0");
        } else {
            data.put("since", since(room));
        }
        return new Say.Command(channel, "history", data, id);
    }

    /** What was missed has come: by room, each as JSON. Whatever waited goes on. */
    Next caughtUp(Map<String, String> history) {
        List<Heard.Event> deliver = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        history.forEach((room, json) -> {
            if (!past(room, JsonParts.object(json), deliver)) {
                gaps.add(room);
            }
        });
        return new Next(deliver, gaps, release(deliver));
    }

    /** What was missed cannot be had. */
    Next lost(String room) {
        marks.remove(room);
        List<Heard.Event> deliver = new ArrayList<>();
        return new Next(deliver, List.of(room), release(deliver));
    }

    /** No history at all: nothing to wait for. */
    Next without() {
        List<Heard.Event> deliver = new ArrayList<>();
        return new Next(deliver, List.of(), release(deliver));
    }

    private @Nullable String release(List<Heard.Event> deliver) {
        List<Heard.Event> waited = held;
        held = new ArrayList<>();
        holding = false;
        String fetch = null;
        for (Heard.Event event : waited) {
            String missing = take(event, deliver);
            fetch = missing == null ? fetch : missing;
        }
        return fetch;
    }

    /** Whether nothing is missing between what was read and this. */
    private boolean past(String room, Map<String, String> entry, List<Heard.Event> deliver) {
        Mark before = marks.get(room);
        String epoch = Pocket.string(entry, "epoch");
        boolean learns = before != null && before.epoch.isEmpty() && !entry.containsKey("recovered");
        boolean known = before != null && before.epoch.equals(epoch);
        long after = before != null && (known || learns) ? before.offset : -1;
        for (String json : JsonParts.array(entry.getOrDefault("events", "[]"))) {
            Heard.Event event = event(room, JsonParts.object(json));
            Heard.Place place = event.place();
            if (place != null && place.offset() > after) {
                deliver.add(event);
            }
        }
        marks.put(room, new Mark(epoch, learns ? after : Math.max(after, Pocket.number(entry, "offset"))));
        return before == null || learns || (known && !"false".equals(entry.get("recovered")));
    }

    private Heard.Event event(String room, Map<String, String> members) {
        Heard.Place place = new Heard.Place(room, Pocket.number(members, "offset"));
        List<Payload> args = List.of(Pocket.payload(members.get("data")));
        return new Heard.Event(channel, Pocket.string(members, "event"), args, "", null, place);
    }
}
