package org.pocketsocket.message;

import java.util.List;

/** What the server says in the body of an answer, where it has no WebSocket. As JSON; docs/protocol.md has it all. */
public final class Mail {

    private Mail() {}

    /** A new session. */
    public static String opened(String session, long last) {
        return JsonText.quote(new StringBuilder("{\"session\":"), session)
                .append(",\"last\":")
                .append(last)
                .append('}')
                .toString();
    }

    /**
     * A new session that is to be asked for its messages, and these already.
     *
     * @param last the number of the last of them
     */
    public static String opened(String session, long last, List<String> messages) {
        StringBuilder json = JsonText.quote(new StringBuilder("{\"session\":"), session);
        return messages(json.append(','), last, messages).append('}').toString();
    }

    /**
     * What came.
     *
     * @param last the number of the last of these messages, or of the last there ever was
     */
    public static String messages(long last, List<String> messages) {
        return messages(new StringBuilder("{"), last, messages).append('}').toString();
    }

    /** The last messages, and why there will be no more. */
    public static String last(long last, List<String> messages, int code, String reason) {
        StringBuilder json = messages(new StringBuilder("{"), last, messages).append(",\"close\":");
        return json.append(goodbye(code, reason)).append('}').toString();
    }

    /** Why there will be no more. */
    public static String goodbye(int code, String reason) {
        return JsonText.quote(new StringBuilder("{\"code\":").append(code).append(",\"reason\":"), reason)
                .append('}')
                .toString();
    }

    /** A client's messages were taken. */
    public static String taken(long batch) {
        return "{\"batch\":" + batch + '}';
    }

    private static StringBuilder messages(StringBuilder json, long last, List<String> messages) {
        json.append("\"last\":").append(last).append(",\"messages\":[");
        for (int i = 0; i < messages.size(); i++) {
            JsonText.quote(i == 0 ? json : json.append(','), messages.get(i));
        }
        return json.append(']');
    }
}
