package org.pocketsocket.message;

import jakarta.json.bind.adapter.JsonbAdapter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Binary data in JSON: {@code {"base64":"AQID"}}, and nothing else in that object. */
public final class Bytes implements JsonbAdapter<byte[], Bytes.Shown> {

    private static final String BEFORE = "{\"base64\":\"";
    private static final String BEHIND = "\"}";

    /** As JSON-B sees it. */
    public static final class Shown {

        private @Nullable String base64;

        public @Nullable String getBase64() {
            return base64;
        }

        public void setBase64(@Nullable String text) {
            base64 = text;
        }
    }

    /** Takes binary data out of JSON. */
    public interface Taker {

        /** What stands in its place; null: it stays. */
        @Nullable
        String take(String base64);
    }

    @Override
    public Shown adaptToJson(byte[] bytes) {
        Shown shown = new Shown();
        shown.setBase64(Base64.getEncoder().encodeToString(bytes));
        return shown;
    }

    @Override
    public byte @Nullable [] adaptFromJson(@Nullable Shown shown) {
        if (shown == null) {
            return null;
        } else if (shown.base64 == null) {
            throw new IllegalArgumentException("binary data is {\"base64\":\"…\"}");
        }
        return Base64.getDecoder().decode(shown.base64);
    }

    /** Binary data as JSON. */
    public static String json(String base64) {
        return BEFORE + base64 + BEHIND;
    }

    /**
     * JSON with something else for the binary data in it. Such an object is recognised without spaces only, as everybody
     * writes it who writes by program; within a JSON string its quotes would be escaped.
     */
    public static String replace(String json, Taker taker) {
        int from = json.indexOf(BEFORE);
        if (from < 0) {
            return json;
        }
        StringBuilder replaced = new StringBuilder(json.length());
        int done = 0;
        for (; from >= 0; from = json.indexOf(BEFORE, from + 1)) {
            int end = json.indexOf('"', from + BEFORE.length());
            String base64 = json.substring(from + BEFORE.length(), end);
            String instead = json.startsWith(BEHIND, end) && isBase64(base64) ? taker.take(base64) : null;
            if (instead != null) {
                replaced.append(json, done, from).append(instead);
                done = end + BEHIND.length();
            }
        }
        return replaced.append(json, done, json.length()).toString();
    }

    /** As RFC 4648, 4 has it, padded. */
    public static boolean isBase64(String text) {
        int end = text.length();
        while (end > 0 && text.length() - end < 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        return text.length() % 4 == 0
                && text.substring(0, end)
                        .chars()
                        .allMatch(c -> c < 0x80 && (isLetterOrDigit(c) || c == '+' || c == '/'));
    }

    private static boolean isLetterOrDigit(int c) {
        return Character.isLetterOrDigit(c);
    }
}
