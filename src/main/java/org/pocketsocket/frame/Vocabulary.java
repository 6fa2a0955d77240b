package org.pocketsocket.frame;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What may appear in a frame's first byte on one connection: opcodes by name, and the reserved bits in use. RFC 6455 leaves
 * opcodes 3-7 and 11-15 and three bits to extensions (5.2, 5.8).
 */
public record Vocabulary(Map<Integer, String> names, int reserved) {
    static final Vocabulary STANDARD = new Vocabulary(
            Map.of(
                    Frames.CONTINUATION, "continuation",
                    Frames.TEXT, "text",
                    Frames.BINARY, "binary",
                    Frames.CLOSE, "close",
                    Frames.PING, "ping",
                    Frames.PONG, "pong"),
            0);

    public Vocabulary {
        names = Map.copyOf(names);
        if ((reserved & ~Frames.RESERVED) != 0) {
            throw new IllegalArgumentException("Reserved bits are RSV1, RSV2 and RSV3, not " + reserved);
        }
    }

    Vocabulary withOpcode(String name, int opcode) {
        if (opcode < 0 || opcode > Frames.OPCODE || (opcode & 0x7) < 3) {
            throw new IllegalArgumentException("Opcode %d is not free: 3-7 and 11-15 are".formatted(opcode));
        }
        if (names.containsKey(opcode) || names.containsValue(name)) {
            throw new IllegalArgumentException("\"%s\" or opcode %d has a meaning already".formatted(name, opcode));
        }
        Map<Integer, String> more = new HashMap<>(names);
        more.put(opcode, name);
        return new Vocabulary(more, reserved);
    }

    Vocabulary withReserved(int bits) {
        return new Vocabulary(names, bits);
    }

    /** The opcodes known, one bit each: quicker to ask than a map. */
    int opcodes() {
        return names.keySet().stream().mapToInt(opcode -> 1 << opcode).sum();
    }

    String name(int opcode) {
        return names.getOrDefault(opcode, "unknown");
    }

    int opcode(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No type \"%s\" here, only %s".formatted(name, new TreeMap<>(names).values())));
    }
}
