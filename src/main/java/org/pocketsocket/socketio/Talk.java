package org.pocketsocket.socketio;

/** Who talks over an {@link Engine}: Socket.IO, or an echo. One call at a time, but for {@link #gone}. */
interface Talk {

    /** Stands in for one that has gone. */
    Talk NOBODY = new Talk() {
        @Override
        public void text(String message) {}

        @Override
        public void binary(String base64) {}

        @Override
        public void heard() {}

        @Override
        public void gone(boolean clean) {}
    };

    /**
     * A message of text.
     *
     * @throws BadPacket when it is none: the session ends
     */
    void text(String message);

    /**
     * A binary message.
     *
     * @throws BadPacket when none was expected: the session ends
     */
    void binary(String base64);

    /** Any sign of life. */
    void heard();

    /**
     * The session has ended. Called once.
     *
     * @param clean the other side ended it as it should
     */
    void gone(boolean clean);

    /** Whether it may go on in another session: clients close one that fails them, too. */
    default boolean mayReturn() {
        return false;
    }

    /** Whether it wants to read on now. */
    default boolean wantsMore() {
        return true;
    }
}
