package org.pocketsocket.socketio;

/** What the door answers to a request that makes no sense to it; the numbers are Engine.IO's. */
enum No {
    TRANSPORT(400, 0, "Transport unknown"),
    SESSION(400, 1, "Session ID unknown"),
    METHOD(400, 2, "Bad handshake method"),
    REQUEST(400, 3, "Bad request"),
    ORIGIN(403, 4, "Forbidden"),
    VERSION(400, 5, "Unsupported protocol version"),
    TOKEN(401, 4, "Unauthorized"),
    TOO_BIG(413, 3, "Payload too large"),
    TOO_MANY(503, 3, "Too many sessions"),
    NO_WEBSOCKET(501, 0, "No WebSocket here"),
    OFF(404, 0, "This door is off");

    private final int status;
    private final int code;
    private final String message;

    No(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    int status() {
        return status;
    }

    String json() {
        return "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
    }

    /** Thrown where a request is refused. */
    static final class Thrown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final No no;

        Thrown(No no) {
            super(no.message, null, false, false);
            this.no = no;
        }

        No no() {
            return no;
        }
    }

    Thrown thrown() {
        return new Thrown(this);
    }
}
