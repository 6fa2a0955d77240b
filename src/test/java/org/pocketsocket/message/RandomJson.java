package org.pocketsocket.message;

import java.util.Random;

/** Random JSON texts, and random damage to them. The same seed makes the same text. */
final class RandomJson {

    private static final String TOKENS =
            "{}[]:,\"\\/ \t\r\n\f\u00a0truefalsnTFN0123456789+-.eEubx\u0000\u001f\u007f'\ufeff"
                    + "\u00e9\u0661\u2028\ud83d\ude00\uff11";
    private static final String[] ESCAPES = {
        "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\uD83D\\ude00", "\\u0000", "\\uabCD"
    };

    private final Random random;
    private final StringBuilder json = new StringBuilder();

    private RandomJson(Random random) {
        this.random = random;
    }

    static String value(Random random) {
        RandomJson made = new RandomJson(random);
        made.space().value(0).space();
        return made.json.toString();
    }

    static String object(Random random) {
        RandomJson made = new RandomJson(random);
        made.space().object(0).space();
        return made.json.toString();
    }

    static String string(Random random) {
        RandomJson made = new RandomJson(random);
        made.string();
        return made.json.toString();
    }

    /** One to three small injuries; most texts are no JSON afterwards, some still are. */
    static String mutated(String text, Random random) {
        StringBuilder injured = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0 && injured.length() > 0; i--) {
            injure(injured, random);
        }
        return injured.toString();
    }

    private static void injure(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(5)) {
            case 0 -> text.setCharAt(at, token(random));
            case 1 -> text.deleteCharAt(at);
            case 2 -> text.insert(at, token(random));
            case 3 -> text.setLength(at);
            default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 1 + random.nextInt(4))));
        }
    }

    private static char token(Random random) {
        return TOKENS.charAt(random.nextInt(TOKENS.length()));
    }

    private RandomJson value(int depth) {
        return switch (random.nextInt(depth > 5 ? 5 : 8)) {
            case 0 -> append("true", "false", "null");
            case 1 -> number();
            case 2, 3, 4 -> string();
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private RandomJson object(int depth) {
        json.append('{');
        for (int i = random.nextInt(5), n = i; i > 0; i--) {
            append(i < n ? "," : "").space().string().space().append(":").space();
            value(depth + 1).space();
        }
        return space().append("}");
    }

    private RandomJson array(int depth) {
        json.append('[');
        for (int i = random.nextInt(5), n = i; i > 0; i--) {
            append(i < n ? "," : "").space().value(depth + 1).space();
        }
        return space().append("]");
    }

    private RandomJson number() {
        append("", "-").append("0", "7", "10", "987654321012345678901234567890");
        return append("", ".0", ".25").append("", "e1", "E+22", "e-07");
    }

    private RandomJson string() {
        json.append('"');
        for (int i = random.nextInt(7); i > 0; i--) {
            append("a", "id", "\u00e9", "\u2028", "\ud83d\ude00", "\u007f", ESCAPES[random.nextInt(ESCAPES.length)]);
        }
        return append("\"");
    }

    private RandomJson space() {
        return random.nextInt(4) > 0 ? this : append(" ", "\t", "\n", "\r", " \r\n");
    }

    private RandomJson append(String... oneOf) {
        json.append(oneOf[random.nextInt(oneOf.length)]);
        return this;
    }
}
