package org.pocketsocket.bench.peer;

import org.pocketsocket.bench.load.Target;

/** Somebody to be measured. */
public record Contender(String name, Target target) {

    public static final String DIRECT = "Pocketsocket, `/pocket/direct`";
    public static final String ECHO = "Pocketsocket, `/pocket/direct/echo`, no bean";
    public static final String BARE = "Pocketsocket, `/pocket/direct`, a bare handler";
    public static final String STANDARD = "Pocketsocket, `/pocket`";
    public static final String BY_SOCKET_IO = "Pocketsocket, `/socket.io/`";
    public static final String SOCKET_IO = "Socket.IO";
    public static final String WS = "`ws`";
    public static final String NETTY = "netty-socketio";
    public static final String UWS = "uWebSockets";

    /** Whether compilers need long until it is as fast as it gets. */
    public static boolean warmsUpSlowly(String name) {
        return name.startsWith("Pocketsocket") || name.equals(NETTY);
    }
}
