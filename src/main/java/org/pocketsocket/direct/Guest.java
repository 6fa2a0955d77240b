package org.pocketsocket.direct;

/**
 * Who talks over a {@link DirectConnection}. Called on the container's threads, one call at a time, but for {@link #gone}.
 * Must not throw.
 */
public interface Guest {

    /** Stands in for one that has gone. */
    Guest NOBODY = new Guest() {
        @Override
        public void text(String text) {}

        @Override
        public void binary(byte[] payload) {}

        @Override
        public void heard() {}

        @Override
        public void gone(int code) {}
    };

    void text(String text);

    void binary(byte[] payload);

    /** Any sign of life that is no message. */
    void heard();

    /**
     * The connection has ended. Called once.
     *
     * @param code that the other side closed it with; 0: it did not, it broke
     */
    void gone(int code);

    /** Whether it wants to read on now; if not, {@link DirectConnection} asks again when something was sent. */
    default boolean wantsMore() {
        return true;
    }
}
