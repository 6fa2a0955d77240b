package org.pocketsocket.bench.load;

/** A running server: where it listens, which process it is, how to talk to it. */
public record Target(int port, long pid, Dialect dialect) {

    public Usage usage() {
        return Usage.of(pid);
    }

    /** The same, with larger messages to all. */
    public Target heavier(int characters) {
        return new Target(port, pid, dialect.heavier(characters));
    }

    Crowd crowd(Link.Listener listener) {
        return new Crowd(port, dialect, listener);
    }
}
