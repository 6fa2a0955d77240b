package org.pocketsocket.bench.load;

/**
 * Cuts a server's bytes into frames without gathering them: payload is handed on in the pieces that the socket gave.
 * {@code org.pocketsocket.frame} is not used on purpose: it is among what is measured, and it would build the messages.
 */
final class FrameCutter {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;

    private static final int LONGEST_HEADER = 10;

    private final Pieces pieces;
    private final byte[] header = new byte[LONGEST_HEADER];
    private int headerSize;
    private long missing;

    /** Gets payload. A frame without payload is one empty piece. */
    interface Pieces {

        /** @param last whether the frame ends with this piece */
        void piece(int opcode, Piece piece, boolean last);
    }

    /** A part of an array, reused for all pieces. */
    static final class Piece {
        byte[] bytes = new byte[0];
        int from;
        int to;

        int length() {
            return to - from;
        }
    }

    private final Piece piece = new Piece();

    FrameCutter(Pieces pieces) {
        this.pieces = pieces;
    }

    void read(byte[] bytes, int from, int to) {
        piece.bytes = bytes;
        int at = from;
        while (at < to) {
            if (missing == 0) {
                header[headerSize++] = bytes[at++];
                if (!isHeaderComplete()) {
                    continue;
                }
                missing = length();
                headerSize = 0;
                if (missing > 0) {
                    continue;
                }
            }
            at = hand(at, to);
        }
    }

    private int hand(int at, int to) {
        piece.from = at;
        piece.to = (int) Math.min(to, at + missing);
        missing -= piece.length();
        int end = piece.to;
        pieces.piece(header[0] & 0xF, piece, missing == 0);
        return end;
    }

    private boolean isHeaderComplete() {
        return headerSize >= 2 && headerSize == 2 + extraLength();
    }

    private int extraLength() {
        return switch (header[1] & 0x7F) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
    }

    private long length() {
        int extra = extraLength();
        long length = extra == 0 ? header[1] & 0x7F : 0;
        for (int i = 2; i < 2 + extra; i++) {
            length = length << 8 | header[i] & 0xFF;
        }
        return length;
    }
}
