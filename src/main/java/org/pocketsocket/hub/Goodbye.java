package org.pocketsocket.hub;

import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/** Why a conversation ends: a WebSocket close code and a reason of at most 123 bytes. See docs/errors.md. */
public record Goodbye(int code, String reason) {

    private static final int KICKED = 4001;

    public static final Goodbye GOING_AWAY = new Goodbye(1001, "the server is stopping, come back");
    public static final Goodbye TOO_BIG = new Goodbye(1009, "a message was larger than the limit");
    public static final Goodbye MOVED = new Goodbye(KICKED, "you go on elsewhere");
    public static final Goodbye LOST = new Goodbye(4002, "no sign of life from you, come back");
    public static final Goodbye DROPPED = new Goodbye(4005, "come back");
    public static final Goodbye EXPIRED = new Goodbye(4003, "your token has expired, come back with a new one");
    public static final Goodbye NO_TOKEN = new Goodbye(4401, "show a token first");
    public static final Goodbye TOO_SLOW = new Goodbye(4008, "you read too slowly, come back and recover");

    /** Characters; at most three bytes each. */
    private static final int LONGEST = 40;

    /** Put out by the application. */
    public static Goodbye kicked(String reason) {
        return new Goodbye(KICKED, reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason);
    }

    /** Not let in. */
    public static Goodbye refused(Rejection no) {
        return new Goodbye(no.code(), no.reason());
    }

    OnLeave.Reason leaving() {
        return switch (code) {
            case 1001 -> OnLeave.Reason.STOPPED;
            case KICKED -> OnLeave.Reason.KICKED;
            case 4008 -> OnLeave.Reason.TOO_SLOW;
            default -> OnLeave.Reason.LOST;
        };
    }
}
