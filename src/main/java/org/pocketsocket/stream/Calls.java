package org.pocketsocket.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;

/** The calls of a backend, but for how they come: a body in, an answer out, as trees of {@link Tree}. Thread-safe. */
final class Calls {

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
            Person person = connection.person();
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("conn_id", connection.id());
            answer.put("status", person.status());
            answer.put("user", person.name());
            answer.put("username", person.name());
            answer.put("state", person.state());
            answer.put("public_state", person.publicState());
            answer.put("channels", connection.channels());
            answer.put("channels_info", info.of(infoWish));
            return answer;
        }
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
            List<String> changed = connections.stream()
                    .map(change)
                    .flatMap(List::stream)
                    .distinct()
                    .sorted()
                    .toList();
            List<String> now = connections.stream()
                    .flatMap(connection -> connection.channels().stream())
                    .distinct()
                    .sorted()
                    .toList();
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("channels", now);
            answer.put(
                    "channels_info",
                    now.isEmpty() ? Map.of() : info.of(wish.channels().isEmpty() ? wish.about(now) : wish));
            answer.put(name, changed);
            return answer;
        }
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
            return () -> {
                mailroom.post(item, to);
                return item.normal(to);
            };
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
            return () -> edit(item, to, members);
        });
        return edits.stream().map(Supplier::get).toList();
    }

    private Raw edit(Item item, Target to, Map<String, String> members) {
        Item changed = mailroom.edit(item, to, members);
        mailroom.send(changed, to);
        return changed.normal(to);
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
            return () -> {
                mailroom.delete(item.uuid(), to);
                mailroom.send(item, to);
                return item.normal(to);
            };
        });
        return deletions.stream().map(Supplier::get).toList();
    }

    /** Looks at one or at each of a list. */
    private static <T> List<T> each(String body, Function<Fields, T> reading) {
        if (body.charAt(0) != '[') {
            return List.of(reading.apply(Fields.of(body)));
        }
        List<T> read = new ArrayList<>();
        for (String one : elements(body)) {
            try {
                read.add(reading.apply(Fields.of(one)));
            } catch (Refused no) {
                throw no.in(read.size());
            }
        }
        return read;
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
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("user_state", person.state());
            answer.put("changed_state", Info.pairs(changed));
            answer.put("public_keys", person.publicKeys());
            return answer;
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
