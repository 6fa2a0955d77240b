package org.pocketsocket.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.client.ClientOptions.Transport;
import org.pocketsocket.client.net.Pipe;
import org.pocketsocket.client.net.Place;
import org.pocketsocket.message.JsonParts;

/** Socket.IO, revision 5, over Engine.IO 4. A channel is a namespace. */
final class SocketIoDialect implements Dialect {

    private final List<Door> doors;

    /** By namespace: where a server that keeps what was missed is to go on. */
    private final Map<String, Bookmark> bookmarks = new HashMap<>();

    /** A session of a namespace, and the last event seen. */
    private record Bookmark(String session, String offset) {}

    private SocketIoDialect(List<Door> doors) {
        this.doors = doors;
    }

    /** A URI that ends in {@code /socket.io/} is the door; any other is where the application lies. */
    static SocketIoDialect at(Place place, List<Transport> transports) {
        Place engine = place.at(path(place) + query(place));
        boolean polls = transports.contains(Transport.POLLING);
        boolean sockets = transports.contains(Transport.WEBSOCKET);
        List<Door> doors = new ArrayList<>();
        if (sockets && (!polls || transports.get(0) == Transport.WEBSOCKET)) {
            doors.add((route, cookies, ear) -> Engine.overWebSocket(new Engine.Way(route, engine, cookies), ear));
        }
        if (polls) {
            boolean upgrades = sockets && doors.isEmpty();
            doors.add(
                    (route, cookies, ear) -> Engine.overPolling(new Engine.Way(route, engine, cookies), upgrades, ear));
        }
        return new SocketIoDialect(some(doors));
    }

    /** There is no way in by events alone. */
    static List<Door> some(List<Door> doors) {
        if (doors.isEmpty()) {
            throw new IllegalArgumentException("Socket.IO knows a WebSocket and polling, no other transport");
        }
        return List.copyOf(doors);
    }

    static String path(Place place) {
        String base = place.path().endsWith("/") ? place.path() : place.path() + "/";
        return base.endsWith("/socket.io/") ? base : base + "socket.io/";
    }

    private static String query(Place place) {
        return place.query().isEmpty() ? "?EIO=4" : place.query() + "&EIO=4";
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
        return new Conversation(pipe, token, ear);
    }

    /** Namespaces begin with a slash, and the root is one. */
    static String namespace(String channel) {
        return channel.startsWith("/") ? channel : "/" + channel;
    }

    /** One connection's. */
    private final class Conversation implements Talk {

        private final Pipe pipe;
        private final @Nullable String token;
        private final Heard.Ear ear;
        private final Map<String, Say.Join> joins = new HashMap<>();
        private @Nullable SocketIoPacket open;
        private List<byte[]> attachments = List.of();

        Conversation(Pipe pipe, @Nullable String token, Heard.Ear ear) {
            this.pipe = pipe;
            this.token = token;
            this.ear = ear;
        }

        @Override
        public void start() {
            ear.heard(new Heard.Welcome(false));
        }

        @Override
        public void say(Say what) {
            String namespace = namespace(what.channel());
            if (what instanceof Say.Join join) {
                joins.put(namespace, join);
                send(SocketIoPacket.CONNECT, namespace, -1, auth(namespace, join));
            } else if (what instanceof Say.Leave) {
                bookmarks.remove(namespace);
                send(SocketIoPacket.DISCONNECT, namespace, -1, "");
                ear.heard(new Heard.Answered(what.id(), List.of(), Map.of()));
            } else if (what instanceof Say.Event event) {
                List<Payload> all = new ArrayList<>(List.of(Payload.of(event.event())));
                all.addAll(event.args());
                send(SocketIoPacket.EVENT, namespace, event.id() == 0 ? -1 : event.id(), all);
            } else if (what instanceof Say.Answer answer) {
                send(SocketIoPacket.ACK, namespace, Long.parseLong(answer.token()), answer.args());
            } else if (what instanceof Say.Refuse refuse) { // Socket.IO knows no "no"
                Payload no = Payload.of(Map.of("error", refuse.reason()));
                send(SocketIoPacket.ACK, namespace, Long.parseLong(refuse.token()), List.of(no));
            } else {
                ear.heard(new Heard.Failed(what.id(), what.channel(), unknown()));
            }
        }

        private String auth(String namespace, Say.Join join) {
            Map<String, String> data = new LinkedHashMap<>(join.data());
            data.remove("since");
            if (token != null) {
                data.put("token", JsonParts.quote(token));
            }
            Bookmark bookmark = bookmarks.get(namespace);
            if (bookmark != null && !bookmark.offset.isEmpty()) {
                data.put("pid", JsonParts.quote(bookmark.session));
                data.put("offset", JsonParts.quote(bookmark.offset));
            }
            return data.isEmpty() ? "" : Pocket.object(data);
        }

        private void send(int type, String namespace, long id, String data) {
            pipe.send(new SocketIoPacket(type, 0, namespace, id, data).format());
        }

        private void send(int type, String namespace, long id, List<Payload> args) {
            List<byte[]> binary = new ArrayList<>();
            String data = array(args, binary);
            int kind = binary.isEmpty() ? type : type + SocketIoPacket.BINARY_EVENT - SocketIoPacket.EVENT;
            pipe.send(new SocketIoPacket(kind, binary.size(), namespace, id, data).format());
            binary.forEach(pipe::send);
        }

        @Override
        public void text(String text) {
            SocketIoPacket packet = SocketIoPacket.parse(text);
            if (open != null) {
                throw new IllegalArgumentException("a packet where bytes were announced");
            } else if (packet.attachments() > 0) {
                open = packet;
                attachments = new ArrayList<>();
            } else {
                read(packet);
            }
        }

        @Override
        public void binary(byte[] bytes) {
            SocketIoPacket packet = open;
            if (packet == null) {
                throw new IllegalArgumentException("bytes that nobody announced");
            }
            attachments.add(bytes);
            if (attachments.size() == packet.attachments()) {
                open = null;
                read(packet);
                attachments = List.of();
            }
        }

        private void read(SocketIoPacket packet) {
            Say.Join join = joins.get(packet.namespace());
            String channel = join == null ? packet.namespace() : join.channel();
            switch (packet.type()) {
                case SocketIoPacket.CONNECT -> connected(packet, join);
                case SocketIoPacket.DISCONNECT -> {
                    joins.remove(packet.namespace());
                    ear.heard(new Heard.Left(channel, "The server ended " + packet.namespace()));
                }
                case SocketIoPacket.CONNECT_ERROR -> refused(packet, channel, join == null ? 0 : join.id());
                case SocketIoPacket.ACK, SocketIoPacket.BINARY_ACK ->
                    ear.heard(new Heard.Answered(packet.id(), args(packet), Map.of()));
                default -> event(packet, channel);
            }
        }

        private void connected(SocketIoPacket packet, Say.@Nullable Join join) {
            Map<String, String> data = Pocket.objectOf(packet.data());
            if (data.containsKey("pid")) {
                Bookmark old = bookmarks.get(packet.namespace());
                String session = Pocket.string(data, "pid");
                String offset = old != null && old.session.equals(session) ? old.offset : "";
                bookmarks.put(packet.namespace(), new Bookmark(session, offset));
            }
            if (join != null) {
                Payload greeting = packet.data().isEmpty() ? Payload.NULL : Pocket.payload(packet.data());
                ear.heard(new Heard.Answered(join.id(), List.of(greeting), Map.of()));
            }
        }

        private void refused(SocketIoPacket packet, String channel, long id) {
            Map<String, String> data = Pocket.objectOf(packet.data());
            String sentence = data.containsKey("message") ? Pocket.string(data, "message") : packet.data();
            joins.remove(packet.namespace());
            ear.heard(new Heard.Failed(id, channel, ClientException.rejected(0, "connect_error", sentence)));
        }

        private void event(SocketIoPacket packet, String channel) {
            List<Payload> all = args(packet);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("an event without a name");
            }
            Bookmark bookmark = bookmarks.get(packet.namespace());
            if (bookmark != null && all.get(all.size() - 1).value() instanceof String offset && all.size() > 1) {
                bookmarks.put(packet.namespace(), new Bookmark(bookmark.session, offset));
            }
            String token = packet.id() < 0 ? null : String.valueOf(packet.id());
            String name = String.valueOf(all.get(0).value());
            ear.heard(new Heard.Event(
                    channel, name, all.subList(1, all.size()), token == null ? "" : token, token, null));
        }

        private List<Payload> args(SocketIoPacket packet) {
            List<byte[]> bytes = attachments;
            String data = packet.data().isEmpty() ? "[]" : packet.data();
            return JsonParts.array(data).stream()
                    .map(json -> new Payload(json, bytes))
                    .toList();
        }
    }

    static ClientException unknown() {
        return ClientException.of(ClientException.Kind.REFUSED, "Socket.IO has no such thing: only pocket does");
    }

    /** Arguments as one JSON array; bytes are collected, and counted through. */
    static String array(List<Payload> args, List<byte[]> binary) {
        if (args.stream().allMatch(arg -> arg.attachments().isEmpty())) {
            return "[" + String.join(",", args.stream().map(Payload::text).toList()) + "]";
        }
        return Tree.write(
                args,
                bytes -> {
                    binary.add(bytes);
                    return Payload.placeholder(binary.size() - 1);
                },
                Typed::write);
    }
}
