package org.pocketsocket.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.pocketsocket.message.JsonParts;

/** A client's side of history, as docs/protocol.md has it: follows one channel, and writes into its diary. */
final class Follower {

    private static final AtomicLong IDS = new AtomicLong();

    private record Place(String epoch, long offset) {

        String json() {
            return "{\"epoch\":" + JsonParts.quote(epoch) + ",\"offset\":" + offset + '}';
        }
    }

    private record Event(String stream, long offset, String text) {}

    private final String channel;
    private final Diary diary;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> asked = new HashMap<>(); // id -> what: hello, join, or a stream behind a space
    private List<Event> held = new ArrayList<>();
    private String session = "";
    private Consumer<String> way = text -> {};
    private int holding;

    Follower(String channel, Diary diary) {
        this.channel = channel;
        this.diary = diary;
    }

    /** A new connection: what is said goes this way from now on. */
    synchronized void begins(Consumer<String> out) {
        way = out;
        asked.clear();
        held = new ArrayList<>();
        holding = 1;
        ask("hello", "socket.hello", session.isEmpty() ? "{}" : "{\"resume\":" + JsonParts.quote(session) + '}');
    }

    /** The connection is gone: what still comes of it is not heard. */
    synchronized void ends() {
        way = text -> {};
    }

    private void ask(String what, String message, String data) {
        String id = "f" + IDS.incrementAndGet();
        asked.put(JsonParts.quote(id), what);
        way.accept("{\"id\":\"" + id + "\",\"message\":\"" + message + "\",\"data\":" + data + '}');
    }

    synchronized void heard(String text) {
        Map<String, String> members = JsonParts.object(text);
        if (members.containsKey("socket")) {
            String what = asked.remove(members.getOrDefault("messageId", "null"));
            if (what != null && members.get("socket").equals("\"sent\"")) {
                answered(what, members);
            } else if (what != null) {
                throw new AssertionError(what + ": " + text);
            }
        } else if (members.containsKey("offset")) {
            String stream = JsonParts.unquote(members.getOrDefault("room", "\"\""));
            live(new Event(stream, number(members, "offset"), JsonParts.unquote(members.get("data"))));
        }
    }

    private void answered(String what, Map<String, String> receipt) {
        if (what.equals("hello")) {
            welcome(JsonParts.object(receipt.get("data")));
        } else if (what.equals("join")) {
            JsonParts.object(receipt.get("history")).forEach((stream, entry) -> take(stream, JsonParts.object(entry)));
            diary.begins();
            release();
        } else {
            take(what.substring(1), JsonParts.object(receipt.get("data")));
            release();
        }
    }

    private void welcome(Map<String, String> hello) {
        session = JsonParts.unquote(hello.get("session"));
        StringBuilder since = new StringBuilder();
        places.forEach((stream, place) -> since.append(since.length() > 0 ? "," : "")
                .append(JsonParts.quote(stream))
                .append(':')
                .append(place.json()));
        String data = "{\"channel\":" + JsonParts.quote(channel)
                + (places.isEmpty() ? "" : ",\"since\":{" + since + '}') + '}';
        ask("join", "socket.join", data); // resumed or not: it cannot know whether its last one came through
    }

    private void fetch(String stream) {
        ask(
                " " + stream,
                "socket.history",
                "{\"channel\":" + JsonParts.quote(channel) + ",\"room\":" + JsonParts.quote(stream) + ",\"since\":"
                        + places.get(stream).json() + '}');
    }

    private void take(String stream, Map<String, String> entry) {
        Place before = places.get(stream);
        if (before != null && !"true".equals(entry.get("recovered"))) {
            diary.saw(stream, Diary.Entry.GAP);
        }
        Place end = new Place(JsonParts.unquote(entry.get("epoch")), number(entry, "offset"));
        List<String> events = JsonParts.array(entry.get("events"));
        if (before != null && "true".equals(entry.get("recovered")) && !events.isEmpty()) {
            diary.recovered();
        }
        places.put(stream, end);
        for (String json : events) {
            Map<String, String> event = JsonParts.object(json);
            diary.saw(
                    stream, new Diary.Entry(end.epoch, number(event, "offset"), JsonParts.unquote(event.get("data"))));
        }
    }

    private void live(Event event) {
        Place place = places.get(event.stream);
        if (holding > 0) {
            held.add(event);
        } else if (place == null) {
            throw new AssertionError("an event of a stream that nobody is in: " + event);
        } else if (event.offset == place.offset + 1) {
            places.put(event.stream, new Place(place.epoch, event.offset));
            diary.saw(event.stream, new Diary.Entry(place.epoch, event.offset, event.text));
        } else if (event.offset > place.offset) {
            holding++;
            held.add(event);
            fetch(event.stream);
        }
    }

    private void release() {
        holding--;
        if (holding == 0) {
            List<Event> waited = held;
            held = new ArrayList<>();
            waited.forEach(this::live);
        }
    }

    /** Whether it has heard the last of a stream. */
    synchronized boolean hasSeen(String stream, long end) {
        return holding == 0 && places.containsKey(stream) && places.get(stream).offset >= end;
    }

    private static long number(Map<String, String> members, String name) {
        return Long.parseLong(members.get(name));
    }

    @Override
    public synchronized String toString() {
        return places + (holding > 0 ? " waiting for " + asked.values() : "");
    }
}
