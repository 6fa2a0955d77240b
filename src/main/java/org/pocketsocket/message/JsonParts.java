package org.pocketsocket.message;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes JSON apart and leaves the parts as text. Needs nothing but the JDK. */
public final class JsonParts {

    private static final int DEPTH = WireLimits.DEFAULT.depth();

    private JsonParts() {}

    /**
     * An object's members in their order, each value as JSON; of a name that comes twice the last.
     *
     * @throws IllegalArgumentException when the text is no JSON object, or is nested more than 64 deep
     */
    public static Map<String, String> object(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        if (new JsonObjectScanner(json, DEPTH, members::put).scan() < 0) {
            throw new IllegalArgumentException("is no JSON object");
        }
        return members;
    }

    /**
     * An array's values, each as JSON.
     *
     * @throws IllegalArgumentException when the text is no JSON array, or is nested more than 64 deep
     */
    public static List<String> array(String json) {
        return array(json, DEPTH);
    }

    /** The same, where values may be nested as deep as is said. */
    public static List<String> array(String json, int depth) {
        JsonScanner scanner = new JsonScanner(json, depth + 1);
        int at = scanner.space(0);
        int end = scanner.charAt(at) == '[' ? scanner.value(at, 0) : JsonScanner.INVALID;
        if (end < 0 || scanner.space(end) < json.length()) {
            throw new IllegalArgumentException("is no JSON array");
        }
        List<String> values = new ArrayList<>();
        at = scanner.space(at + 1);
        while (scanner.charAt(at) != ']') {
            int next = scanner.value(at, 1);
            values.add(json.substring(at, next));
            at = scanner.space(next);
            at = scanner.charAt(at) == ',' ? scanner.space(at + 1) : at;
        }
        return values;
    }

    /** Whether the text is one JSON value, nested at most 64 deep. */
    public static boolean isValue(String text) {
        JsonScanner scanner = new JsonScanner(text, DEPTH + 1);
        int end = scanner.value(scanner.space(0), 0);
        return end >= 0 && scanner.space(end) == text.length();
    }

    /** A string as JSON, quotes included. */
    public static String quote(String text) {
        return JsonText.quote(text);
    }

    /** The text of a valid JSON string. */
    public static String unquote(String quoted) {
        return JsonText.unquote(quoted);
    }
}
