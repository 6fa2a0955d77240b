package org.pocketsocket.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;

/** The calls of a backend, but for how they come: a body in, an answer out, as trees of {@link Tree}. Thread-safe. */
final class Calls {

    /** What a message has in it that is to be sent once, however often it is posted. */
    static final String KEY = "idempotency_key";

    private static final int LONGEST_KEY = 255;

    private final Directory directory;
    private final Mailroom mailroom;
    private final Channelstream stream;
    private final Info info;

    Calls(Directory directory, Mailroom mailroom, Channelstream stream, Info info) {
        this.directory = directory;
        this.mailroom = mailroom;
        this.stream = stream;
        this.info = info;
    }

    // ---- connections

    /** @param address whoever calls */
    Map<String, Object> connect(Fields body, String address) {
        Channelstream.Wish wish = Channelstream.Wish.of(body, directory.most.history());
        Info.Wish infoWish = Info.Wish.in(body, wish.channels());
        synchronized (directory) {
            Connection connection = stream.connect(wish, address);
            return connected(connection, info.of(infoWish));
        }
    }

    private static Map<String, Object> connected(Connection connection, Map<String, Object> channels) {
        Person person = connection.person();
        Map<String, Object> answer = Tree.of("conn_id", connection.id(), "status", person.status());
        answer.put("user", person.name());
        answer.put("username", person.name());
        answer.put("state", person.state());
        answer.put("public_state", person.publicState());
        answer.put("channels", connection.channels());
        answer.put("channels_info", channels);
        return answer;
    }

    Map<String, Object> subscribe(Fields body, Optional<String> connId) {
        List<String> channels = body.channels();
        Map<String, Options> options = Channelstream.configs(body, directory.most.history());
        return change(body, connId, "subscribed_to", connection -> stream.subscribe(connection, channels, options));
    }

    Map<String, Object> unsubscribe(Fields body, Optional<String> connId) {
        List<String> channels = body.channels();
        return change(body, connId, "unsubscribed_from", connection -> stream.unsubscribe(connection, channels));
    }

    private Map<String, Object> change(
            Fields body, Optional<String> connId, String name, Function<Connection, List<String>> change) {
        Info.Wish wish = Info.Wish.in(body, List.of());
        synchronized (directory) {
            List<Connection> connections = connections(body, connId);
            List<String> changed = sorted(connections.stream().map(change));
            List<String> now = sorted(connections.stream().map(Connection::channels));
            Info.Wish about = wish.channels().isEmpty() ? wish.about(now) : wish;
            return Tree.of("channels", now, "channels_info", now.isEmpty() ? Map.of() : info.of(about), name, changed);
        }
    }

    private static List<String> sorted(Stream<List<String>> lists) {
        return lists.flatMap(List::stream).distinct().sorted().toList();
    }

    /** The one that is named, or all of a user's, as the first version wanted it. */
    private List<Connection> connections(Fields body, Optional<String> connId) {
        Optional<String> id = body.text("conn_id", Fields.CHANNEL).or(() -> connId);
        Optional<String> user = body.user();
        if (id.isPresent() || user.isEmpty()) {
            return List.of(
                    id.flatMap(directory::connection).orElseThrow(() -> Refused.with(403, "Unknown connection")));
        }
        Person person = directory.person(user.get()).orElseThrow(() -> Refused.with(404, "User doesn't exist"));
        return List.copyOf(person.connections());
    }

    /** Whether it is known; it is collected soon. */
    boolean disconnect(String connId) {
        Optional<Connection> connection = directory.connection(connId);
        connection.ifPresent(Connection::mark);
        return connection.isPresent();
    }

    // ---- messages

    /** One or a list; all are looked at before the first is sent. */
    List<Raw> post(String body) {
        Instant now = directory.clocks().time().instant();
        List<Supplier<Raw>> sends = each(body, fields -> {
            Target to = Target.of(fields);
            Item item = mailroom.fitting(Item.message(fields, to, now));
            Optional<String> key = fields.text(KEY, LONGEST_KEY);
            return () -> key.isEmpty() ? mailroom.post(item, to) : mailroom.postOnce(key.get(), item, to);
        });
        return sends.stream().map(Supplier::get).toList();
    }

    List<Raw> edit(String body) {
        Instant now = directory.clocks().time().instant();
        List<Supplier<Raw>> edits = each(body, fields -> {
            Target to = Target.of(fields);
            Map<String, String> members = edited(fields, now);
            Item item = Item.about(Item.uuid(fields), Item.MESSAGE, to, now).with(members);
            mailroom.fitting(item);
            return () -> mailroom.edit(item, to, members);
        });
        return edits.stream().map(Supplier::get).toList();
    }

    /** What may be changed of a message. */
    private static Map<String, String> edited(Fields fields, Instant now) {
        Map<String, String> members = new LinkedHashMap<>();
        fields.text("user", Fields.USER).ifPresent(user -> members.put("user", JsonParts.quote(user)));
        fields.json("message").ifPresent(message -> members.put("message", message));
        if (fields.json("timestamp").isPresent()) {
            String time = '"' + Item.time(fields, "timestamp", "") + '"';
            members.put("timestamp", time);
            members.put("date", time);
        }
        members.put("edited", '"' + Item.time(fields, "edited", Times.text(now)) + '"');
        return members;
    }

    List<Raw> delete(String body) {
        Instant now = directory.clocks().time().instant();
        List<Supplier<Raw>> deletions = each(body, fields -> {
            Target to = Target.of(fields);
            Item item = Item.about(Item.uuid(fields), "message:delete", to, now);
            return () -> mailroom.delete(item, to);
        });
        return deletions.stream().map(Supplier::get).toList();
    }

    /** Looks at one or at each of a list. */
    private static <T> List<T> each(String body, Function<Fields, T> reading) {
        if (body.charAt(0) != '[') {
            return List.of(reading.apply(Fields.of(body)));
        }
        List<T> read = new ArrayList<>();
        elements(body).forEach(one -> read.add(in(read.size(), one, reading)));
        return read;
    }

    private static <T> T in(int place, String one, Function<Fields, T> reading) {
        try {
            return reading.apply(Fields.of(one));
        } catch (Refused no) {
            throw no.in(place);
        }
    }

    private static List<String> elements(String body) {
        try {
            return JsonParts.array(body);
        } catch (IllegalArgumentException e) {
            throw Refused.with(400, "The body is not JSON");
        }
    }

    // ---- users

    Map<String, Object> status(Fields body) {
        String user = body.userOrElse();
        stream.status(user, body.number("status").orElseThrow(() -> Fields.missing("status")));
        return Map.of();
    }

    Map<String, Object> state(Fields body) {
        String user = body.user().orElseThrow(() -> Fields.missing("user"));
        Map<String, String> values = body.plain("user_state");
        Optional<List<String>> publicKeys = body.texts("state_public_keys", Fields.CHANNEL);
        synchronized (directory) {
            Person person = directory.person(user).orElseThrow(() -> Refused.field("user", "Unknown user"));
            Map<String, String> changed = stream.state(person, values, publicKeys);
            return Tree.of(
                    "user_state", person.state(),
                    "changed_state", Info.pairs(changed),
                    "public_keys", person.publicKeys());
        }
    }

    // ---- channels

    Map<String, Object> info(Fields body) {
        synchronized (directory) {
            return body.json("info").isPresent()
                    ? info.of(Info.Wish.in(body, List.of()))
                    : info.ofOld(body.texts("channels", Fields.CHANNEL).orElse(List.of()));
        }
    }

    Map<String, Object> configure(Fields body) {
        if (body.raw().isEmpty()) {
            throw Refused.with(400, "No channels specified");
        }
        Map<String, Fields> configs = body.objects();
        configs.keySet().forEach(Calls::requireName);
        synchronized (directory) {
            stream.configure(configs);
            return info.of(Info.Wish.bare(List.copyOf(configs.keySet())));
        }
    }

    private static void requireName(String channel) {
        if (channel.isEmpty() || channel.length() > Fields.CHANNEL) {
            throw Refused.field("channel", "Length must be between 1 and " + Fields.CHANNEL + ".");
        }
    }
}
