package org.pocketsocket.stream;

import java.util.Map;

/**
 * How a channel is configured.
 *
 * @param notifyPresence its members are told of who comes and goes
 * @param presenceWithUsers those notices list who is there
 * @param notifyState its members are told when a user's public state changes
 * @param storeFrames what is sent is kept for a while for those who were away
 */
record Options(
        boolean notifyPresence,
        boolean storeHistory,
        int historySize,
        boolean presenceWithUsers,
        boolean notifyState,
        boolean storeFrames,
        boolean salvageable,
        String longName) {

    static final Options DEFAULT = new Options(false, false, 10, false, false, true, false, "");

    private static final int LONGEST_NAME = 512;

    /** These with some changed; the first versions' spellings are understood too. */
    Options with(Fields fields, int mostHistory) {
        int size = fields.number("history_size").orElse(historySize);
        if (size < 0 || size > mostHistory) {
            throw Refused.field("history_size", "Must be at least 0 and at most " + mostHistory + ".");
        }
        return new Options(
                fields.flag("notify_presence", fields.flag("presence", notifyPresence)),
                fields.flag("store_history", storeHistory),
                size,
                fields.flag("broadcast_presence_with_user_lists", presenceWithUsers),
                fields.flag("notify_state", notifyState),
                fields.flag("store_frames", storeFrames),
                fields.flag("salvageable", fields.flag("salvagable", salvageable)),
                fields.text("long_name", LONGEST_NAME).orElse(longName));
    }

    /** How many messages its history has. */
    int kept() {
        return storeHistory ? historySize : 0;
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = Tree.of("notify_presence", notifyPresence, "store_history", storeHistory);
        tree.put("history_size", historySize);
        tree.put("broadcast_presence_with_user_lists", presenceWithUsers);
        tree.put("notify_state", notifyState);
        tree.put("store_frames", storeFrames);
        tree.put("salvageable", salvageable);
        return tree;
    }
}
