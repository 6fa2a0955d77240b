package org.pocketsocket.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.client.net.WebSocket;
import org.pocketsocket.message.JsonParts;

/** The pocket dialect (docs/protocol.md). Remembers the session that a lost connection left. */
final class Pocket implements Dialect {

    private static final String OURS = "socket";

    private final List<Door> doors;
    private @Nullable String session;

    private Pocket(List<Door> doors) {
        this.doors = doors;
    }

    /** A URI that names a door has that one; any other is where the application lies, and all doors are tried. */
    static Pocket at(Place place, List<Transport> transports) {
        String path = place.path();
        if (path.endsWith("/pocket") || path.endsWith("/pocket/direct")) {
            return new Pocket(List.of(webSocket(place)));
        } else if (path.endsWith("/pocket/poll")) {
            return new Pocket(List.of(polling(place)));
        } else if (path.endsWith("/pocket/events")) {
            return new Pocket(List.of(events(place)));
        }
        String base = path + (path.endsWith("/") ? "" : "/") + "pocket";
        List<Door> all = new ArrayList<>();
        for (Transport each : transports) {
            switch (each) {
                case WEBSOCKET -> {
                    all.add(webSocket(place.at(base + "/direct" + place.query())));
                    all.add(webSocket(place.at(base + place.query())));
                }
                case POLLING -> all.add(polling(place.at(base + "/poll" + place.query())));
                case EVENTS -> all.add(events(place.at(base + "/events" + place.query())));
            }
        }
        return new Pocket(List.copyOf(all));
    }

    private static Door webSocket(Place place) {
        return (route, cookies, ear) -> new WebSocket(route, place, cookies, ear);
    }

    private static Door polling(Place place) {
        return (route, cookies, ear) -> new PocketPolling(new Engine.Way(route, place, cookies), ear);
    }

    private static Door events(Place place) {
        return (route, cookies, ear) -> new PocketEvents(new Engine.Way(route, place, cookies), ear);
    }

    @Override
    public List<Door> doors() {
        return doors;
    }

    @Override
    public boolean joinsFirst() {
        return false;
    }

    @Override
    public Talk begin(Pipe pipe, @Nullable String token, Heard.Ear ear) {
        return new Conversation(pipe, token, ear);
    }

    /** One connection's. */
    private final class Conversation implements Talk {

        private final Pipe pipe;
        private final @Nullable String token;
        private final Heard.Ear ear;

        Conversation(Pipe pipe, @Nullable String token, Heard.Ear ear) {
            this.pipe = pipe;
            this.token = token;
            this.ear = ear;
        }

        @Override
        public void start() {
            Map<String, String> data = new LinkedHashMap<>();
            if (session != null) {
                data.put("resume", JsonParts.quote(session));
            }
            if (token != null) {
                data.put("token", JsonParts.quote(token));
            }
            send(0, "socket.hello", object(data));
        }

        @Override
        public void say(Say what) {
            if (what instanceof Say.Event event) {
                String data =
                        event.args().isEmpty() ? "{}" : event.args().get(0).json();
                String name = event.event().isEmpty() ? event.channel() : event.channel() + "." + event.event();
                send(event.id(), name, data);
            } else if (what instanceof Say.Join join) {
                send(join.id(), "socket.join", withChannel(join.channel(), join.data()));
            } else if (what instanceof Say.Leave leave) {
                send(leave.id(), "socket.leave", withChannel(leave.channel(), Map.of()));
            } else if (what instanceof Say.Command command) {
                send(command.id(), "socket." + command.name(), object(command.data()));
            } else if (what instanceof Say.Answer answer) {
                String data =
                        answer.args().isEmpty() ? "null" : answer.args().get(0).json();
                send(answer.token(), "socket.answer", data);
            } else if (what instanceof Say.Refuse refuse) {
                send(refuse.token(), "socket.refuse", object(Map.of("reason", JsonParts.quote(refuse.reason()))));
            }
        }

        private void send(long id, String message, String data) {
            boolean named = id != 0 || message.equals("socket.hello");
            send(named ? "\"" + id + "\"" : "", message, data);
        }

        private void send(String id, String message, String data) {
            String name = id.isEmpty() ? "" : "\"id\":" + id + ",";
            pipe.send("{" + name + "\"message\":" + JsonParts.quote(message) + ",\"data\":" + data + "}");
        }

        @Override
        public void text(String text) {
            Map<String, String> members;
            try {
                members = JsonParts.object(text);
            } catch (IllegalArgumentException e) {
                relayed(text);
                return;
            }
            if (members.containsKey("socket")) {
                ours(members, string(members, "socket"));
            } else if (members.containsKey("message")) {
                event(members, string(members, "message"));
            } else {
                relayed(text);
            }
        }

        /** What is no message of pocket's: somebody's text (PS-112). */
        private void relayed(String text) {
            ear.heard(new Heard.Event(OURS, "message", List.of(Payload.of(text)), "", null, null));
        }

        private void event(Map<String, String> members, String name) {
            int dot = name.indexOf('.');
            String channel = dot < 0 ? name : name.substring(0, dot);
            Heard.Place place = members.containsKey("offset")
                    ? new Heard.Place(string(members, "room"), number(members, "offset"))
                    : null;
            ear.heard(new Heard.Event(
                    channel,
                    dot < 0 ? "" : name.substring(dot + 1),
                    List.of(payload(members.get("data"))),
                    "",
                    members.get("id"),
                    place));
        }

        private void ours(Map<String, String> members, String word) {
            long id = id(members.getOrDefault("messageId", "0"));
            switch (word) {
                case "sent" -> receipt(members, id);
                case "error" ->
                    ear.heard(new Heard.Failed(
                            id,
                            "",
                            ClientException.rejected(
                                    (int) number(members, "code"),
                                    string(members, "error"),
                                    string(members, "reason"))));
                case "token" -> ear.heard(new Heard.TokenWanted());
                default -> {
                    Payload all = new Payload(object(members), List.of());
                    ear.heard(new Heard.Event(OURS, word, List.of(all), "", null, null));
                }
            }
        }

        private void receipt(Map<String, String> members, long id) {
            if ("\"0\"".equals(members.get("messageId"))) {
                Map<String, String> hello = objectOf(members.get("data"));
                session = hello.containsKey("session") ? string(hello, "session") : null;
                ear.heard(new Heard.Welcome("true".equals(hello.get("resumed"))));
            } else {
                ear.heard(new Heard.Answered(id, List.of(payload(members.get("data"))), members));
            }
        }

        @Override
        public void binary(byte[] bytes) {
            // pocket has none
        }
    }

    static Payload payload(@Nullable String json) {
        return json == null ? Payload.NULL : new Payload(json, List.of());
    }

    /** The members of what should be an object; none if it is not. */
    static Map<String, String> objectOf(@Nullable String json) {
        return json != null && json.startsWith("{") ? JsonParts.object(json) : Map.of();
    }

    static String string(Map<String, String> members, String name) {
        String json = members.getOrDefault(name, "\"\"");
        return json.startsWith("\"") ? JsonParts.unquote(json) : json;
    }

    static long number(Map<String, String> members, String name) {
        String json = members.getOrDefault(name, "0");
        return json.matches("-?\\d{1,18}") ? Long.parseLong(json) : 0;
    }

    private static long id(String json) {
        String digits = json.replace("\"", "");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
    }

    static String object(Map<String, String> members) {
        StringBuilder json = new StringBuilder("{");
        members.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append(JsonParts.quote(name))
                .append(':')
                .append(value));
        return json.append('}').toString();
    }

    private static String withChannel(String channel, Map<String, String> data) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("channel", JsonParts.quote(channel));
        all.putAll(data);
        return object(all);
    }
}
