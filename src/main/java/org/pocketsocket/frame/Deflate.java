package org.pocketsocket.frame;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate on one connection (RFC 7692). Give it to a {@link Connection} or a {@link FrameReader} once both sides
 * have agreed ({@link DeflateTerms}). It holds memory outside the heap, some 300 KiB: close it with the connection.
 */
public final class Deflate implements AutoCloseable {
    /** What a sync flush ends with, and the wire leaves out (RFC 7692, 7.2.1). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int CHUNK = 4096;
    private static final int SMALL = 64;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final boolean forgetSent;
    private final boolean forgetReceived;

    public Deflate(Role role, DeflateTerms terms) {
        boolean server = role == Role.SERVER;
        this.forgetSent = server ? terms.serverNoContextTakeover() : terms.clientNoContextTakeover();
        this.forgetReceived = server ? terms.clientNoContextTakeover() : terms.serverNoContextTakeover();
    }

    /** A message's payload, deflated; send it in a frame with RSV1. Messages must be sent in the order they were deflated. */
    public byte[] deflate(byte[] payload) {
        if (payload.length == 0) {
            return new byte[1]; // RFC 7692, 7.2.3.6: zlib gives nothing for nothing
        }
        deflater.setInput(payload);
        byte[] out = new byte[SMALL + payload.length / 2];
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        while (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
            size += deflater.deflate(out, size, out.length - size, Deflater.SYNC_FLUSH);
        }
        if (forgetSent) {
            deflater.reset();
        }
        return Arrays.copyOf(out, size - TAIL.length);
    }

    /**
     * A message's payload as it was before it was deflated.
     *
     * @throws ProtocolException 1009 once it has grown beyond the limit, 1007 when it is not deflated data
     */
    public byte[] inflate(byte[] payload, int limit) {
        try {
            Assembly plain = new Assembly();
            byte[] chunk = new byte[CHUNK];
            inflate(payload, plain, chunk, limit);
            inflate(TAIL, plain, chunk, limit);
            if (forgetReceived) {
                inflater.reset();
            }
            return Assembly.own(plain.bytes, 0, plain.size);
        } catch (DataFormatException e) {
            throw new ProtocolException(Close.INVALID_PAYLOAD, "Payload is not deflated data.");
        }
    }

    private void inflate(byte[] in, Assembly plain, byte[] chunk, int limit) throws DataFormatException {
        inflater.setInput(in);
        int count = inflater.inflate(chunk);
        while (count > 0 || inflater.finished()) {
            if (count > limit - plain.size) {
                throw ProtocolException.tooBig("Inflated Message", limit);
            }
            plain.append(chunk, 0, count, limit);
            continueAfterFinalBlock(in);
            count = inflater.inflate(chunk);
        }
    }

    /** A peer may end the deflate stream with a final block; another begins behind it (RFC 7692, 7.2.3.4). */
    private void continueAfterFinalBlock(byte[] in) {
        if (inflater.finished()) {
            int rest = inflater.getRemaining();
            inflater.reset();
            inflater.setInput(in, in.length - rest, rest);
        }
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
