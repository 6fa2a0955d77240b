package org.pocketsocket.message;

/**
 * Walks through the members of a JSON object, and hands out their values as they stand there. Each value may be nested
 * as deep as is said; the object itself does not count.
 */
final class JsonObjectScanner {

    private final String text;
    private final JsonScanner json;
    private final Visitor visitor;

    /** Gets a member: its name without escapes, its value as JSON. */
    interface Visitor {
        void member(String name, String value);
    }

    JsonObjectScanner(String text, int maxDepth, Visitor visitor) {
        this.text = text;
        this.json = new JsonScanner(text, maxDepth);
        this.visitor = visitor;
    }

    /** Walks; 0 when the text is an object and nothing else, a negative number of {@link JsonScanner} if not. */
    int scan() {
        int end = object(json.space(0));
        return end >= 0 && json.space(end) < text.length() ? JsonScanner.INVALID : Math.min(end, 0);
    }

    private int object(int at) {
        if (json.charAt(at) != '{') {
            return JsonScanner.INVALID;
        }
        int i = json.space(at + 1);
        if (json.charAt(i) == '}') {
            return i + 1;
        }
        while (true) {
            i = member(i);
            i = i < 0 ? i : json.space(i);
            if (i < 0) {
                return i;
            } else if (json.charAt(i) == '}') {
                return i + 1;
            } else if (json.charAt(i) != ',') {
                return JsonScanner.INVALID;
            }
            i = json.space(i + 1);
        }
    }

    private int member(int at) {
        int from = json.key(at);
        int to = from < 0 ? from : json.value(from, 0);
        if (to >= 0) {
            visitor.member(JsonText.unescape(text.substring(at + 1, json.string(at) - 1)), text.substring(from, to));
        }
        return to;
    }
}
