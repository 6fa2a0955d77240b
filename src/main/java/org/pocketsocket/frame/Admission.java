package org.pocketsocket.frame;

/** Says no on a frame's header, before its payload takes memory (RFC 6455, 5.1 to 5.5). */
final class Admission {
    private final Limits limits;
    private final boolean fromClient;
    private final int opcodes;
    private final int reserved;
    private final boolean deflate;

    /** Of the message at hand: whether it is unfinished, its frames and its payload so far. */
    private boolean open;

    private int fragments;
    private long size;

    Admission(Rules rules, boolean deflate) {
        this.limits = rules.limits();
        this.fromClient = rules.isServer();
        this.opcodes = rules.vocabulary().opcodes();
        this.reserved = rules.vocabulary().reserved();
        this.deflate = deflate;
        if (deflate && (!rules.whole() || (reserved & Frames.RSV1) != 0)) {
            throw new IllegalArgumentException("permessage-deflate needs whole messages, and RSV1 for itself");
        }
    }

    void admit(Header header) {
        int opcode = header.opcode();
        boolean control = Frames.isControl(opcode);
        // RFC 7692, 6: permessage-deflate marks a message's first frame, and no other
        int allowed = deflate && !control && opcode != Frames.CONTINUATION ? reserved | Frames.RSV1 : reserved;
        require((header.reserved() & ~allowed) == 0, "Reserved bit without an agreed meaning.");
        require(((opcodes >> opcode) & 1) != 0, "Invalid opcode received.");
        require(header.masked || !fromClient, "Unmasked frame from client.");
        require(!header.masked || fromClient, "Masked frame from server.");
        require(header.minimal, "Length is not in its shortest form.");
        if (control) {
            control(header);
        } else {
            data(header);
        }
    }

    private static void control(Header header) {
        require(header.isFinal(), "Fragmented control frame.");
        require(header.length <= Frames.MAX_CONTROL, "Control frame of more than 125 bytes.");
    }

    private void data(Header header) {
        boolean continues = header.opcode() == Frames.CONTINUATION;
        require(open || !continues, "Continuation of nothing.");
        require(!open || continues, "Attempted to interleave non-control frames.");
        fragments = continues ? fragments + 1 : 1;
        size = continues ? size : 0;
        bound("Frame", header.length, limits.frame());
        size += header.length;
        bound("Message", size, limits.message());
        bound("Number Of Fragments", fragments, limits.fragments());
        open = !header.isFinal();
    }

    private static void bound(String what, long value, int limit) {
        if (value > limit) {
            throw ProtocolException.tooBig(what, limit);
        }
    }

    private static void require(boolean kept, String sentence) {
        if (!kept) {
            throw ProtocolException.violation(sentence);
        }
    }
}
