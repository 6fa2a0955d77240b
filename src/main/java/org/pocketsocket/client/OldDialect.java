package org.pocketsocket.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.message.JsonParts;

/** Socket.IO 0.7 to 0.9. A channel is an endpoint; the root is connected by being connected. */
final class OldDialect implements Dialect {

    private static final String MESSAGE = "message";

    private final List<Door> doors;

    private OldDialect(List<Door> doors) {
        this.doors = doors;
    }

    static OldDialect at(Place place, List<Transport> transports) {
        Place start = place.at(SocketIoDialect.path(place) + "1/" + place.query());
        List<Door> doors = new ArrayList<>();
        for (Transport each : transports) {
            String name = each == Transport.WEBSOCKET ? "websocket" : "xhr-polling";
            if (each != Transport.EVENTS) {
                doors.add((route, cookies, ear) -> new OldEngine(new Engine.Way(route, start, cookies), name, ear));
            }
        }
        return new OldDialect(SocketIoDialect.some(doors));
    }

    @Override
    public List<Door> doors() {
        return doors;
    }

    @Override
    public boolean joinsFirst() {
        return true;
    }

    @Override
    public Talk begin(Pipe pipe, @Nullable String token, Heard.Ear ear) {
        return new Conversation(pipe, ear);
    }

    private static String endpoint(String channel) {
        return channel.isEmpty() || channel.equals("/") ? "" : SocketIoDialect.namespace(channel);
    }

    /** One connection's. */
    private static final class Conversation implements Talk {

        private final Pipe pipe;
        private final Heard.Ear ear;
        private final Map<String, Say.Join> joins = new HashMap<>();

        Conversation(Pipe pipe, Heard.Ear ear) {
            this.pipe = pipe;
            this.ear = ear;
        }

        @Override
        public void start() {
            // the server begins
        }

        @Override
        public void say(Say what) {
            String endpoint = endpoint(what.channel());
            if (what instanceof Say.Join join) {
                join(endpoint, join);
            } else if (what instanceof Say.Leave) {
                joins.remove(endpoint);
                send(OldPacket.DISCONNECT, "", endpoint, "");
                ear.heard(new Heard.Answered(what.id(), List.of(), Map.of()));
            } else if (what instanceof Say.Event event) {
                String id = event.id() == 0 ? "" : event.id() + (event.receipt() ? "" : "+");
                say(event, id, endpoint);
            } else if (what instanceof Say.Answer answer) {
                send(OldPacket.ACK, "", endpoint, answer.token() + "+" + array(answer.args()));
            } else if (what instanceof Say.Refuse refuse) { // it knows no "no"
                Payload no = Payload.of(Map.of("error", refuse.reason()));
                send(OldPacket.ACK, "", endpoint, refuse.token() + "+" + array(List.of(no)));
            } else {
                ear.heard(new Heard.Failed(what.id(), what.channel(), SocketIoDialect.unknown()));
            }
        }

        private void join(String endpoint, Say.Join join) {
            joins.put(endpoint, join);
            if (endpoint.isEmpty()) {
                ear.heard(new Heard.Answered(join.id(), List.of(), Map.of()));
                return;
            }
            String query = join.data().entrySet().stream()
                    .filter(each -> !each.getKey().equals("since"))
                    .map(each -> encoded(each.getKey()) + "=" + encoded(Pocket.string(Map.of("", each.getValue()), "")))
                    .collect(Collectors.joining("&"));
            send(OldPacket.CONNECT, "", endpoint + (query.isEmpty() ? "" : "?" + query), "");
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8);
        }

        /** An event called {@code message} is what the old protocol has packets of their own for: text, or any JSON. */
        private void say(Say.Event event, String id, String endpoint) {
            if (event.event().equals(MESSAGE) && event.args().size() == 1) {
                Payload only = event.args().get(0);
                boolean text = only.value() instanceof String;
                send(text ? OldPacket.MESSAGE : OldPacket.JSON, id, endpoint, text ? text(only) : only.json());
                return;
            }
            String args = event.args().isEmpty() ? "" : ",\"args\":" + array(event.args());
            send(OldPacket.EVENT, id, endpoint, "{\"name\":" + JsonParts.quote(event.event()) + args + "}");
        }

        private static String text(Payload payload) {
            return String.valueOf(payload.value());
        }

        private static String array(List<Payload> args) {
            return "[" + args.stream().map(Payload::json).collect(Collectors.joining(",")) + "]";
        }

        private void send(int type, String id, String endpoint, String data) {
            pipe.send(new OldPacket(type, id, endpoint, data).format());
        }

        @Override
        public void text(String text) {
            OldPacket packet = OldPacket.parse(text);
            String endpoint = packet.endpoint().replaceFirst("\\?.*", "");
            Say.Join join = joins.get(endpoint);
            String channel = join != null ? join.channel() : endpoint.isEmpty() ? "/" : endpoint;
            switch (packet.type()) {
                case OldPacket.CONNECT -> connected(endpoint, join);
                case OldPacket.DISCONNECT -> {
                    joins.remove(endpoint);
                    ear.heard(new Heard.Left(channel, "The server ended " + channel));
                }
                case OldPacket.MESSAGE -> event(packet, channel, MESSAGE, List.of(Payload.of(packet.data())));
                case OldPacket.JSON -> event(packet, channel, MESSAGE, List.of(json(packet.data())));
                case OldPacket.EVENT -> event(packet, channel, join);
                case OldPacket.ACK -> acknowledged(packet.data());
                case OldPacket.ERROR -> failed(packet, channel, join);
                default -> {} // the engine's
            }
        }

        private void connected(String endpoint, Say.@Nullable Join join) {
            if (endpoint.isEmpty()) {
                ear.heard(new Heard.Welcome(false));
            } else if (join != null) {
                ear.heard(new Heard.Answered(join.id(), List.of(), Map.of()));
            }
        }

        /** Some servers, gevent-socketio and ours, say by an event that there is no such channel (GS-10). */
        private void event(OldPacket packet, String channel, Say.@Nullable Join join) {
            Map<String, String> event = Pocket.objectOf(packet.data().isEmpty() ? "{}" : valid(packet.data()));
            List<Payload> args = args(event.getOrDefault("args", "[]"));
            String name = Pocket.string(event, "name");
            if (join != null
                    && name.equals("error")
                    && args.size() == 2
                    && "no_such_namespace".equals(args.get(0).value())) {
                refused(channel, join, ClientException.rejected(0, text(args.get(0)), text(args.get(1))));
            } else {
                event(packet, channel, name, args);
            }
        }

        /** Without a plus the acknowledgement only says that it arrived, and nobody need think of it. */
        private void event(OldPacket packet, String channel, String name, List<Payload> args) {
            String id = packet.id().replace("+", "");
            boolean asks = packet.id().endsWith("+");
            if (!asks && !id.isEmpty()) {
                send(OldPacket.ACK, "", packet.endpoint(), id);
            }
            ear.heard(new Heard.Event(channel, name, args, id, asks ? id : null, null));
        }

        /** {@code 12}, {@code 12+[…]}, or {@code 12+} and an event. */
        private void acknowledged(String data) {
            int plus = data.indexOf('+');
            String id = plus < 0 ? data : data.substring(0, plus);
            String carried = plus < 0 ? "" : data.substring(plus + 1);
            Map<String, String> event = Pocket.objectOf(valid(carried));
            List<Payload> args = args(event.getOrDefault("args", carried));
            if (id.matches("\\d{1,18}")) {
                ear.heard(new Heard.Answered(Long.parseLong(id), args, event));
            }
        }

        /** {@code reason+advice}: said as name and sentence. */
        private void failed(OldPacket packet, String channel, Say.@Nullable Join join) {
            String[] parts = packet.data().split("\\+", 2);
            String advice = parts.length > 1 ? parts[1] : "";
            refused(channel, join, ClientException.rejected(0, parts[0], advice));
        }

        private void refused(String channel, Say.@Nullable Join join, ClientException why) {
            joins.remove(endpoint(channel));
            ear.heard(new Heard.Failed(join == null ? 0 : join.id(), channel, why));
        }

        private static String valid(String json) {
            return JsonParts.isValue(json) ? json : "{}";
        }

        private static Payload json(String text) {
            return JsonParts.isValue(text) ? new Payload(text, List.of()) : Payload.NULL;
        }

        /** What is no array counts as none. */
        private static List<Payload> args(String json) {
            boolean array = json.startsWith("[") && JsonParts.isValue(json);
            return array
                    ? JsonParts.array(json).stream()
                            .map(OldDialect.Conversation::json)
                            .toList()
                    : List.of();
        }

        @Override
        public void binary(byte[] bytes) {
            // there was none then
        }
    }
}
