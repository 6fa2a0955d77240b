package org.pocketsocket.stream;

import java.util.function.LongSupplier;

/** A connection as its lines see it. */
record Seat(Connection connection, Connection.Reach reach, LongSupplier clock) {

    void attach(Line line) {
        heard();
        reach.wire().attach(line);
    }

    void heard() {
        connection.active(clock.getAsLong());
        reach.peer().heard();
    }

    /** The line has ended: so does the connection soon, unless another line comes. */
    void gone(Line line) {
        if (reach.wire().detach(line)) {
            connection.mark();
        }
    }
}
