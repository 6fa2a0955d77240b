package org.pocketsocket.hub;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Rejection;
import org.pocketsocket.history.Kept;
import org.pocketsocket.history.Page;
import org.pocketsocket.history.Place;
import org.pocketsocket.history.Range;
import org.pocketsocket.message.JsonParts;
import org.pocketsocket.settings.Settings;

/** Tells members what was sent before, or that they cannot have it; as JSON. */
final class Recall {

    private final Hub hub;
    private final Journal journal;
    private final int most;
    private final int size;

    Recall(Hub hub, Journal journal, Settings settings) {
        this.hub = hub;
        this.journal = journal;
        this.most = settings.history().recovery();
        this.size = settings.limits().outbox() / 4; // of characters, which have up to three bytes
    }

    /**
     * What comes with the answer to a join: an object with each room that the member is in and that keeps history, the
     * channel itself being the one without a name; null when there is none.
     */
    @Nullable
    String joined(Membership member, String data) {
        LiveChannel channel = member.channel();
        List<String> streams = channel.streamsOf(member);
        if (streams.isEmpty()) {
            return null;
        }
        Fields fields = Fields.of(data);
        Fields since = fields.object("since", UnaryOperator.identity());
        int last = (int) Math.min(most, fields.number("last"));
        StringBuilder json = new StringBuilder("{");
        int left = size;
        for (String room : streams) {
            Wanted wanted = new Wanted(since == null ? null : since.place(room), last, left);
            StringBuilder entry = recovered(member, room, wanted);
            left = Math.max(0, left - entry.length());
            json.append(json.length() > 1 ? "," : "")
                    .append(JsonParts.quote(room))
                    .append(':')
                    .append(entry);
        }
        return json.append('}').toString();
    }

    private record Wanted(@Nullable Place since, int last, int size) {}

    /** Everything behind a place, or the last few. */
    private StringBuilder recovered(Membership member, String room, Wanted wanted) {
        Place since = wanted.since;
        if (since == null) {
            return entry(member, read(member, room, Range.latest(wanted.last, wanted.size)), null);
        }
        Page page = read(member, room, Range.behind(since, most, wanted.size));
        hub.meter().recovered(page.isAll());
        if (page.isAll()) {
            return entry(member, page, true);
        }
        member.missed(room);
        return entry(member, read(member, room, Range.latest(wanted.last, wanted.size)), false);
    }

    /** The answer to a question of its own. */
    String asked(Membership member, String data) {
        Fields fields = Fields.of(data);
        String room = fields.text("room");
        member.requireIn(room);
        Place since = fields.place("since");
        boolean reverse = fields.flag("reverse");
        if (since != null && !reverse && !fields.has("limit")) {
            return recovered(member, room, new Wanted(since, 0, size)).toString();
        }
        int limit = fields.has("limit") ? (int) Math.min(most, fields.number("limit")) : most;
        Page page = read(member, room, new Range(since, reverse, limit, size));
        return entry(member, page, since == null ? null : reverse ? page.whole() : page.isAll())
                .toString();
    }

    private Page read(Membership member, String room, Range range) {
        Page page = journal.read(member.channel(), room, range);
        if (page == null) {
            throw new Rejection(4404, "no_history", "no history is kept of that");
        }
        return page;
    }

    private static StringBuilder entry(Membership member, Page page, @Nullable Boolean recovered) {
        StringBuilder json = new StringBuilder(256)
                .append("{\"epoch\":")
                .append(JsonParts.quote(page.end().epoch()))
                .append(",\"offset\":")
                .append(page.end().offset());
        if (recovered != null) {
            json.append(",\"recovered\":").append(recovered);
        }
        json.append(",\"events\":[");
        page.without(member.id()).events().forEach(event -> event(json, event));
        json.append(']');
        if (page.more()) {
            json.append(",\"more\":true");
        }
        return json.append('}');
    }

    private static void event(StringBuilder json, Kept event) {
        json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                .append("{\"event\":")
                .append(JsonParts.quote(event.event()))
                .append(",\"offset\":")
                .append(event.offset())
                .append(",\"data\":")
                .append(event.data())
                .append('}');
    }
}
