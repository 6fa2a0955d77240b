package org.pocketsocket.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.message.Parcel;

/** Packets as WebSocket frames, one behind the other; a parcel's are made once for all recipients of one revision. */
final class Framing {

    private static final Function<Parcel, byte[]> THREE = Framing::three;
    private static final Function<Parcel, byte[]> FOUR = Framing::four;

    private Framing() {}

    static byte[] of(Parcel parcel, Revision revision) {
        return parcel.as(revision == Revision.FOUR ? FOUR : THREE);
    }

    private static byte[] three(Parcel parcel) {
        return frames(parcel.texts(), Revision.THREE);
    }

    private static byte[] four(Parcel parcel) {
        return frames(parcel.texts(), Revision.FOUR);
    }

    private static byte[] frames(List<String> texts, Revision revision) {
        return join(packets(texts).map(packet -> frame(packet, revision)).toList());
    }

    private static Stream<String> packets(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).flatMap(text -> Revision.split(text).stream());
    }

    /** Texts and arrays of bytes. */
    static List<Object> messages(Parcel parcel, Revision revision) {
        return packets(parcel.texts())
                .<Object>map(packet -> isBinary(packet) ? payload(packet, revision) : packet)
                .toList();
    }

    static byte[] join(List<byte[]> frames) {
        byte[] all = new byte[frames.stream().mapToInt(frame -> frame.length).sum()];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }

    private static byte[] frame(String packet, Revision revision) {
        return Frames.of(Frames.FIN | (isBinary(packet) ? Frames.BINARY : Frames.TEXT), payload(packet, revision));
    }

    static boolean isBinary(String packet) {
        return !packet.isEmpty() && packet.charAt(0) == Revision.BINARY;
    }

    /** Binary messages have a type in revision 3. */
    static byte[] payload(String packet, Revision revision) {
        if (!isBinary(packet)) {
            return packet.getBytes(UTF_8);
        }
        byte[] bytes = Base64.getDecoder().decode(packet.substring(1));
        if (revision == Revision.FOUR) {
            return bytes;
        }
        byte[] typed = new byte[bytes.length + 1];
        typed[0] = 4;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return typed;
    }
}
