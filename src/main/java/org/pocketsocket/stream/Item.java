package org.pocketsocket.stream;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.message.Raw;

/** One of the objects that clients get lists of: a message, a notice of presence, a change. Immutable. */
final class Item {

    static final String MESSAGE = "message";

    private static final Pattern UUID_TEXT = Pattern.compile("(?i)[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}");
    private static final int LONGEST_UUID = 36;

    /** What a message says to us, or has from us; all else in it is passed on. */
    private static final Set<String> OURS = Set.of(
            "uuid",
            "type",
            "timestamp",
            "date",
            "user",
            "username",
            "message",
            "channel",
            "edited",
            "catchup",
            "pm_users",
            "exclude_users",
            "no_history",
            Calls.KEY);

    private final String uuid;
    private final String type;

    /** What it says, each value as JSON, in order. */
    private final Map<String, String> members;

    /** That as JSON, but for its end; made when first needed. */
    private @Nullable String body;

    private Item(String uuid, String type, Map<String, String> members) {
        this.uuid = uuid;
        this.type = type;
        this.members = members;
    }

    String uuid() {
        return uuid;
    }

    String type() {
        return type;
    }

    /** A member's value as JSON. */
    String member(String name) {
        return members.getOrDefault(name, "null");
    }

    /** Of this type, about this place, from now; what else it says is to be {@linkplain #with added}. */
    static Item of(String type, Target to, Instant now) {
        String uuid = newUuid();
        return new Item(uuid, type, members(type, uuid, to, Times.text(now)));
    }

    private static Map<String, String> members(String type, String uuid, Target to, String time) {
        Map<String, String> members = new LinkedHashMap<>(20);
        members.put("uuid", '"' + uuid + '"');
        members.put("type", '"' + type + '"');
        members.put("timestamp", '"' + time + '"');
        members.put("date", '"' + time + '"');
        members.put("user", "null");
        members.put("message", "null");
        members.put("channel", to.channel().map(JsonParts::quote).orElse("null"));
        members.put("edited", "null");
        return members;
    }

    /** A message that a backend posts. */
    static Item message(Fields fields, Target to, Instant now) {
        String time = time(fields, "timestamp", time(fields, "date", Times.text(now)));
        String uuid = fields.json("uuid").isPresent() ? uuid(fields) : newUuid();
        Map<String, String> members = members(MESSAGE, uuid, to, time);
        members.put("user", JsonParts.quote(user(fields)));
        members.put("message", fields.json("message").orElseThrow(() -> Fields.missing("message")));
        fields.raw().forEach((name, value) -> {
            if (!OURS.contains(name)) {
                members.put(name, value);
            }
        });
        return new Item(uuid, MESSAGE, members);
    }

    private static String user(Fields fields) {
        return fields.text("user", Fields.USER)
                .or(() -> fields.text("username", Fields.USER))
                .orElseThrow(() -> Fields.missing("user"));
    }

    /** The name of the message that a change is about. */
    static String uuid(Fields fields) {
        String text = fields.text("uuid", LONGEST_UUID).orElseThrow(() -> Fields.missing("uuid"));
        if (!UUID_TEXT.matcher(text).matches()) {
            throw Refused.field("uuid", "Not a valid UUID.");
        }
        String digits = text.replace("-", "");
        return text.length() == LONGEST_UUID
                ? text
                : digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    /** A time that a backend says. */
    static String time(Fields fields, String name, String otherwise) {
        String time = fields.text(name, 64).orElse(otherwise);
        if (!Times.ISO.matcher(time).matches()) {
            throw Refused.field(name, "Not a valid datetime.");
        }
        return time;
    }

    /** The same with these members in place of its own. */
    Item with(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(members);
        all.putAll(changed);
        return new Item(uuid, type, all);
    }

    /** The same as a notice of another type about it. */
    Item as(String other) {
        return new Item(uuid, other, with(Map.of("type", '"' + other + '"')).members);
    }

    /** An item about the message of this name, of which no more is known. */
    static Item about(String uuid, String type, Target to, Instant now) {
        return new Item(uuid, type, members(type, uuid, to, Times.text(now)));
    }

    /** Under which it is kept: a message and what changes it have the same {@code uuid}. */
    String key() {
        return key(type, uuid);
    }

    static String key(String type, String uuid) {
        return type + ' ' + uuid;
    }

    boolean isMessage() {
        return type.equals(MESSAGE);
    }

    // ---- as JSON

    /** As clients get it. */
    String json() {
        return body() + ",\"catchup\":false}";
    }

    /** As those get it who were away. */
    String late() {
        return body() + ",\"catchup\":true}";
    }

    /** As who posts it again has it back: under the name that it has since the first time, and not sent. */
    Raw repeated(Target to, String first) {
        return new Item(first, type, with(Map.of("uuid", '"' + first + '"', "repeated", "true")).members).normal(to);
    }

    /** As who posted it has it back. */
    Raw normal(Target to) {
        return new Raw(body() + ",\"pm_users\":" + Tree.json(to.only()) + ",\"exclude_users\":" + Tree.json(to.except())
                + ",\"no_history\":" + to.noHistory() + ",\"catchup\":false}");
    }

    /** Characters, about. */
    int length() {
        return body().length() + 20;
    }

    private String body() {
        String made = body;
        if (made == null) {
            made = write();
            body = made;
        }
        return made;
    }

    private String write() {
        StringBuilder json = new StringBuilder(256);
        members.forEach((name, value) -> {
            json.append(json.isEmpty() ? '{' : ',');
            if (OURS.contains(name)) {
                json.append('"').append(name).append('"');
            } else {
                json.append(JsonParts.quote(name));
            }
            json.append(':').append(value);
        });
        return json.toString();
    }

    /** A name, and no secret: quick rather than unguessable. */
    static String newUuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000;
        return new UUID(high, (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L).toString();
    }
}
