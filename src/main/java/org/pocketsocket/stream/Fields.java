package org.pocketsocket.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pocketsocket.message.JsonParts;

/**
 * A JSON object that a backend sent, read member by member; a null counts as left out. What does not fit is
 * {@linkplain Refused refused} in the words of channelstream.
 *
 * @param raw each value as JSON
 */
record Fields(Map<String, String> raw) {

    static final int CHANNEL = 256;
    static final int USER = 512;

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

    static Fields of(String json) {
        try {
            return new Fields(JsonParts.object(json));
        } catch (IllegalArgumentException e) {
            throw Refused.field("_schema", "Invalid input type.");
        }
    }

    /** A value as JSON. */
    Optional<String> json(String name) {
        return Optional.ofNullable(raw.get(name)).filter(value -> !value.equals("null"));
    }

    /** A text of 1 to so many characters. */
    Optional<String> text(String name, int most) {
        return json(name).map(value -> text(name, value, most));
    }

    private static String text(String name, String json, int most) {
        if (json.charAt(0) != '"') {
            throw Refused.field(name, "Not a valid string.");
        }
        String text = JsonParts.unquote(json);
        if (text.isEmpty() || text.length() > most) {
            throw Refused.field(name, "Length must be between 1 and " + most + ".");
        }
        return text;
    }

    /** A list of such texts. */
    Optional<List<String>> texts(String name, int most) {
        return json(name).map(value -> texts(name, value, most));
    }

    private static List<String> texts(String name, String json, int most) {
        if (json.charAt(0) != '[') {
            throw Refused.field(name, "Not a valid list.");
        }
        List<String> texts = new ArrayList<>();
        for (String each : JsonParts.array(json)) {
            texts.add(text(name, each, most));
        }
        return texts;
    }

    boolean flag(String name, boolean otherwise) {
        String value = json(name).orElse(Boolean.toString(otherwise));
        if (!value.equals("true") && !value.equals("false")) {
            throw Refused.field(name, "Not a valid boolean.");
        }
        return value.equals("true");
    }

    Optional<Integer> number(String name) {
        return json(name).map(value -> {
            if (!INTEGER.matcher(value).matches()) {
                throw Refused.field(name, "Not a valid integer.");
            }
            return Integer.parseInt(value);
        });
    }

    Optional<Fields> object(String name) {
        return json(name).map(value -> {
            if (value.charAt(0) != '{') {
                throw Refused.field(name, "Not a valid mapping type.");
            }
            return Fields.of(value);
        });
    }

    /** The members, each an object itself. */
    Map<String, Fields> objects() {
        Map<String, Fields> objects = new LinkedHashMap<>();
        raw.keySet().forEach(name -> objects.put(name, object(name).orElse(new Fields(Map.of()))));
        return objects;
    }

    /** The members, each a text, a number, true, false or null. */
    Map<String, String> plain(String name) {
        Map<String, String> values = object(name).map(Fields::raw).orElse(Map.of());
        values.forEach((key, value) -> {
            if (value.charAt(0) == '{' || value.charAt(0) == '[') {
                throw Refused.field(name, "Not a valid value: " + key + ".");
            }
        });
        return values;
    }

    static Refused missing(String name) {
        return Refused.field(name, "Missing data for required field.");
    }

    // ---- members that several calls have

    /** Whom it is about, in the newer or the older spelling. */
    Optional<String> user() {
        return text("username", USER).or(() -> text("user", USER));
    }

    String userOrElse() {
        return user().orElseThrow(() -> Refused.with(400, "No username specified"));
    }

    List<String> channels() {
        return texts("channels", CHANNEL)
                .filter(names -> !names.isEmpty())
                .orElseThrow(() -> Refused.with(400, "No channels specified"));
    }
}
