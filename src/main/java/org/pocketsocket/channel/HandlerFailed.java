package org.pocketsocket.channel;

/** A checked exception of the application's. */
final class HandlerFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFailed(Throwable cause) {
        super(cause);
    }

    /** What the application threw. */
    static Throwable unwrapped(Throwable failure) {
        return failure instanceof HandlerFailed && failure.getCause() != null ? failure.getCause() : failure;
    }
}
