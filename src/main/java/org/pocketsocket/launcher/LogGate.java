package org.pocketsocket.launcher;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Lets warnings and worse pass. A filter on the handler rather than a level, because Payara's shutdown hook adds a
 * handler of its own and turns every level on for its farewell.
 */
public final class LogGate implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        return record.getLevel().intValue() >= Level.WARNING.intValue();
    }
}
