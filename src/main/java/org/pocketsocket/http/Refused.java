package org.pocketsocket.http;

/** A request that gets an error for an answer. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;
    private final String error;

    Refused(int status, int code, String error, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.code = code;
        this.error = error;
    }

    static Refused invalid(String reason) {
        return new Refused(400, 4400, "invalid_packet", reason);
    }

    static Refused denied(String reason) {
        return new Refused(403, 4403, "method_access_denied", reason);
    }

    static Refused later(String reason) {
        return new Refused(503, 4429, "too_many", reason);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String error() {
        return error;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
