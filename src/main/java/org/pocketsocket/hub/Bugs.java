package org.pocketsocket.hub;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The one place where an application's failures are logged: each once, with an id that the peer was told. */
final class Bugs {

    private static final Logger LOG = Logger.getLogger("org.pocketsocket.handlers");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Bugs() {}

    /** Logs, and returns the id. */
    static String log(Throwable failure) {
        byte[] bits = new byte[6];
        RANDOM.nextBytes(bits);
        String id = HexFormat.of().formatHex(bits);
        LOG.log(Level.SEVERE, failure, () -> "A channel's handler failed, id " + id);
        return id;
    }

    /** For calls that nobody waits for. */
    static void caught(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            log(e);
        }
    }
}
