package org.pocketsocket.socketio;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Bytes;

/**
 * Binary data beside JSON. In the JSON of a packet each stands as {@code {"_placeholder":true,"num":0}}; in ours as
 * {@link Bytes}. Collects what an announced packet brings.
 */
final class Attachments {

    private static final String MARK = "\\s*\"_placeholder\"\\s*:\\s*true\\s*";
    private static final String NUMBER = "\\s*\"num\"\\s*:\\s*(\\d{1,3})\\s*";
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(?:" + MARK + "," + NUMBER + "|" + NUMBER + "," + MARK + ")\\}");

    private final Packet packet;
    private final List<String> collected = new ArrayList<>();

    Attachments(Packet packet) {
        this.packet = packet;
    }

    /** One more, in base64. */
    Attachments add(String base64) {
        collected.add(base64);
        return this;
    }

    boolean isComplete() {
        return collected.size() >= packet.attachments();
    }

    /**
     * The packet with its attachments in it. Each may be used once: a packet is not to become larger than what was sent.
     *
     * @throws BadPacket when a placeholder stands for nothing
     */
    Packet whole() {
        List<@Nullable String> left = new ArrayList<>(collected);
        Matcher places = PLACEHOLDER.matcher(packet.data());
        StringBuilder whole = new StringBuilder();
        while (places.find()) {
            int number = Integer.parseInt(places.group(1) == null ? places.group(2) : places.group(1));
            String base64 = number < left.size() ? left.set(number, null) : null;
            if (base64 == null) {
                throw new BadPacket("a placeholder for no attachment");
            }
            places.appendReplacement(whole, Matcher.quoteReplacement(Bytes.json(base64)));
        }
        return packet.withData(places.appendTail(whole).toString());
    }

    /** JSON with placeholders for binary data, which goes into the list; more than a packet may bring stays in it. */
    static String extract(String json, List<String> attachments) {
        return Bytes.replace(json, base64 -> {
            if (attachments.size() == Packet.MOST_ATTACHMENTS) {
                return null;
            }
            attachments.add(base64);
            return "{\"_placeholder\":true,\"num\":" + (attachments.size() - 1) + '}';
        });
    }
}
