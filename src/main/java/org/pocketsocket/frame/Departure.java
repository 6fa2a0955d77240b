package org.pocketsocket.frame;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Checks what we are about to send, and frames it: {@link Admission}'s other half. */
final class Departure {
    private final Rules rules;
    private final @Nullable Deflate deflate;
    private final IntSupplier keys;

    /** A message was begun and its last fragment is not sent yet. */
    private boolean open;

    Departure(Rules rules, @Nullable Deflate deflate, IntSupplier keys) {
        this.rules = rules;
        this.deflate = deflate;
        this.keys = keys;
    }

    byte[] frame(Data data) {
        int opcode = rules.vocabulary().opcode(data.type());
        require((data.reserved() & ~rules.vocabulary().reserved()) == 0, "Reserved bits that the rules do not name.");
        if (Frames.isControl(opcode)) {
            return control(data, opcode);
        }
        boolean continues = opcode == Frames.CONTINUATION;
        require(open || !continues, "Continuation of nothing.");
        require(!open || continues, "Attempted to interleave non-control frames.");
        byte[] frame = frame(data, opcode);
        open = !data.isFinal();
        return frame;
    }

    private byte[] control(Data data, int opcode) {
        require(data.isFinal(), "Fragmented control frame.");
        if (opcode == Frames.CLOSE) {
            Close.check(data.payload());
        }
        return encode(opcode | data.flags(), data.payload());
    }

    /** A message in fragments leaves as it is: RFC 7692 lets the sender choose for each message (6). */
    private byte[] frame(Data data, int opcode) {
        int first = opcode | data.flags();
        if (deflate == null || !data.isFinal() || open) {
            return encode(first, data.payload());
        }
        return encode(first | Frames.RSV1, deflate.deflate(data.payload()));
    }

    private byte[] encode(int first, byte[] payload) {
        return rules.isServer() ? Frames.of(first, payload) : Frames.masked(first, payload, keys.getAsInt());
    }

    private static void require(boolean kept, String sentence) {
        if (!kept) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
