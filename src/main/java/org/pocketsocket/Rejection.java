package org.pocketsocket;

import java.util.Objects;

/**
 * An expected "no", told to the peer with a code, a name that programs can compare, and a sentence for people. Anything
 * else that a handler throws is a bug: it is logged, and the peer learns an id only.
 */
public final class Rejection extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String error;

    /**
     * @param code 4400 to 4599; the last three digits are read like an HTTP status
     * @param error a stable name such as {@code name_taken}
     * @param reason a sentence for people
     */
    public Rejection(int code, String error, String reason) {
        super(
                Objects.requireNonNull(reason),
                null,
                false,
                false); // no stack trace: it is no failure, and may be frequent
        if (code < 4400 || code > 4599) {
            throw new IllegalArgumentException("a rejection's code is 4400 to 4599, not " + code);
        }
        this.code = code;
        this.error = Objects.requireNonNull(error);
    }

    public int code() {
        return code;
    }

    public String error() {
        return error;
    }

    public String reason() {
        return Objects.requireNonNull(getMessage());
    }
}
