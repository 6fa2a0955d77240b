package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.pocketsocket.message.Bytes;

/**
 * A revision of Engine.IO, and how it writes packets. Within the server a packet always looks as revision 4 writes it into
 * the body of a request: its type and its text, {@code 4hello}, or {@code b} and binary data in base64. Packets one behind
 * the other are separated.
 */
enum Revision {

    /** Socket.IO's revision 4; the clients of version 2. */
    THREE,

    /** Socket.IO's revision 5; the clients from version 3 on. */
    FOUR;

    static final char SEPARATOR = '\u001e';
    static final char BINARY = 'b';
    private static final int TEXT_MARK = 0;
    private static final int BINARY_MARK = 1;
    private static final int END_OF_LENGTH = 0xff;
    private static final int DIGITS = 9;

    /** The packets of a text that may have several. */
    static List<String> split(String packets) {
        if (packets.indexOf(SEPARATOR) < 0) {
            return List.of(packets);
        }
        return Arrays.asList(packets.split(String.valueOf(SEPARATOR), -1));
    }

    /**
     * Reads the body of a request.
     *
     * @throws BadPacket when it is none
     */
    List<String> read(String body) {
        List<String> packets = (this == FOUR ? split(body) : lengths(body))
                .stream().map(Revision::inOneLine).toList();
        packets.forEach(Revision::check);
        return packets;
    }

    /** Socket.IO's Java client breaks base64 into lines, as RFC 2045 has it. */
    private static String inOneLine(String packet) {
        return Framing.isBinary(packet) ? packet.replace("\n", "") : packet;
    }

    /**
     * Reads a body of bytes, as clients of revision 3 send them when some of it is binary.
     *
     * @throws BadPacket when it is none
     */
    List<String> read(byte[] body) {
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length) {
            int mark = body[at];
            int end = at + 1;
            int length = 0;
            for (; end < body.length && (body[end] & 0xff) != END_OF_LENGTH; end++) {
                length = length * 10 + body[end];
                if (body[end] < 0 || body[end] > 9 || end - at > DIGITS) {
                    throw new BadPacket("a length that is no number");
                }
            }
            at = end + 1 + length;
            if (this == FOUR || mark < TEXT_MARK || mark > BINARY_MARK || length == 0 || at > body.length) {
                throw new BadPacket("a body that is not as its lengths say");
            }
            packets.add(mark == TEXT_MARK ? new String(body, end + 1, length, UTF_8) : binary(body, end + 1, at));
        }
        packets.forEach(Revision::check);
        return packets;
    }

    /**
     * A binary message of a WebSocket as a packet.
     *
     * @throws BadPacket when it is none
     */
    String readMessage(byte[] message) {
        return this == FOUR ? BINARY + Base64.getEncoder().encodeToString(message) : binary(message, 0, message.length);
    }

    /** Behind the packet's type; of those only messages may be binary. */
    private static String binary(byte[] body, int from, int to) {
        if (from == to || body[from] != 4) {
            throw new BadPacket("a binary packet that is no message");
        }
        return BINARY + Base64.getEncoder().encodeToString(Arrays.copyOfRange(body, from + 1, to));
    }

    /** Each packet behind its length in characters. */
    private static List<String> lengths(String body) {
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int colon = body.indexOf(':', at);
            int length = colon < 0 ? -1 : number(body.substring(at, colon));
            at = colon + 1 + length;
            if (length < 1 || at > body.length()) {
                throw new BadPacket("a body that is not as its lengths say");
            }
            String packet = body.substring(colon + 1, at);
            packets.add(packet.startsWith("b4") ? BINARY + packet.substring(2) : packet);
        }
        return packets;
    }

    private static int number(String digits) {
        boolean sane =
                !digits.isEmpty() && digits.length() <= DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return sane ? Integer.parseInt(digits) : -1;
    }

    /** @throws BadPacket when it is none */
    static void check(String packet) {
        char type = packet.isEmpty() ? 0 : packet.charAt(0);
        boolean known = type == BINARY ? Bytes.isBase64(packet.substring(1)) : type >= '0' && type <= '6';
        if (!known) {
            throw new BadPacket("a packet that is none");
        }
    }

    /** Answers with packets, in bytes if that is allowed and called for. */
    void write(List<String> packets, boolean bytes, Poll to) {
        if (this == THREE
                && bytes
                && packets.stream().flatMap(text -> split(text).stream()).anyMatch(Framing::isBinary)) {
            to.answer(bytes(packets));
        } else {
            to.answer(write(packets));
        }
    }

    /** Each packet behind a mark, the digits of its length, and a byte that is no digit. */
    private static byte[] bytes(List<String> packets) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String text : packets) {
            for (String packet : split(text)) {
                byte[] written = Framing.payload(packet, THREE);
                body.write(Framing.isBinary(packet) ? BINARY_MARK : TEXT_MARK);
                String.valueOf(written.length).chars().forEach(digit -> body.write(digit - '0'));
                body.write(END_OF_LENGTH);
                body.writeBytes(written);
            }
        }
        return body.toByteArray();
    }

    /** Writes the body of an answer. Never empty. */
    String write(List<String> packets) {
        if (this == FOUR) {
            return String.join(String.valueOf(SEPARATOR), packets);
        }
        StringBuilder body = new StringBuilder();
        for (String text : packets) {
            for (String packet : split(text)) {
                String written = Framing.isBinary(packet) ? "b4" + packet.substring(1) : packet;
                body.append(written.length()).append(':').append(written);
            }
        }
        return body.toString();
    }
}
