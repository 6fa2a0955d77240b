package org.pocketsocket.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pocketsocket.hub.Overview;
import org.pocketsocket.hub.Survey;

/** What channelstream's {@code /admin/admin.json} has, by the names it has there. Its channels are rooms of {@code stream}. */
final class Numbers {

    private static final String STREAM = "stream";

    private Numbers() {}

    static Map<String, Object> of(Overview overview, Metrics metrics) {
        AdminChannel.Stats stats = AdminChannel.Stats.now(overview.survey(), metrics.totals());
        Survey now = stats.now();
        List<Survey.Room> rooms = overview.rooms(STREAM);
        Map<String, Object> numbers = new HashMap<>();
        numbers.put("version", stats.version());
        numbers.put("uptime", stats.uptime());
        numbers.put("remembered_user_count", now.users());
        numbers.put("unique_user_count", now.users());
        numbers.put(
                "total_connections",
                now.connections().values().stream().mapToInt(Integer::intValue).sum());
        numbers.put("total_channels", rooms.size());
        numbers.put("total_unique_messages", stats.totals().received());
        numbers.put("total_messages", stats.totals().sent());
        numbers.put("channels", rooms);
        numbers.put("users", overview.users());
        return numbers;
    }
}
