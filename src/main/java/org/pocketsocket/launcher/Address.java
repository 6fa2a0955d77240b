package org.pocketsocket.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Locale;

/** Where to listen: the host as it was asked for, and the port. */
record Address(String host, int port) {

    /**
     * Fails with a sentence when nobody could listen here. Payara Micro itself starts "successfully" on a port that
     * is taken, so this has to be found out before.
     *
     * @return the host as a numeric address, which is what Payara's listener is to be bound to
     */
    String requireFree() {
        try {
            InetAddress resolved = InetAddress.getByName(host);
            try (ServerSocket probe = new ServerSocket(port, 1, resolved)) {
                return probe.getInetAddress().getHostAddress();
            }
        } catch (UnknownHostException e) {
            throw new CannotStart("Cannot listen on " + this + ": the host is not known.", e);
        } catch (BindException e) {
            throw new CannotStart("Cannot listen on " + this + ": " + reason(e) + ".", e);
        } catch (IOException e) {
            throw new CannotStart("Cannot listen on " + this + ": " + e.getMessage() + ".", e);
        }
    }

    private static String reason(BindException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("in use")) {
            return "the port is already in use";
        }
        if (message.contains("assign")) {
            return "the host is not an address of this machine";
        }
        return message;
    }

    /** A URL under which this machine reaches the address: a wildcard listens on loopback too. */
    String url(String path) {
        String name =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::", "0:0:0:0:0:0:0:0" -> "::1";
                    default -> host;
                };
        return "http://" + new Address(name, port) + path;
    }

    @Override
    public String toString() {
        return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
    }

    boolean isIpv6() {
        return host.contains(":");
    }
}
