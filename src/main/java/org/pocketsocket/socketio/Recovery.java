package org.pocketsocket.socketio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.message.Parcel;

/**
 * Connection state recovery: what one client was sent, for it to get what it missed when it comes back over another
 * connection. A client asks for one namespace after the other: what is for one that it has not asked for yet waits here. What
 * is forgotten, because there is too much, is known to be. Thread-safe.
 */
@SuppressWarnings("ReferenceEquality") // a connection is equal to itself only
final class Recovery {

    @SuppressWarnings("UnnecessaryLambda") // a parcel knows it by its identity
    private static final Function<Parcel, List<Sent>> PACKETS = parcel ->
            parcel.texts().stream().flatMap(text -> Sent.all(text).stream()).toList();

    private static final class Space {

        final String pid;
        boolean open; // its client was told that it is in

        @Nullable
        String since; // the last that its client had when it came back

        @Nullable
        String forgotten; // the last of these

        Space(String pid) {
            this.pid = pid;
        }
    }

    private final String secret;
    private final int bound;
    private final Map<String, Space> spaces = new HashMap<>();
    private final Deque<Sent> kept = new ArrayDeque<>();
    private Runnable connection;
    private int bytes;
    private int joins;
    private volatile boolean torn; // something cannot be had in its order any more

    /**
     * @param secret of the client
     * @param bound characters that are kept
     * @param connection that the client is reached by: ends it
     */
    Recovery(String secret, int bound, Runnable connection) {
        this.secret = secret;
        this.bound = bound;
        this.connection = connection;
    }

    /** The secret in what a client says when it comes back. */
    static String secret(String pid) {
        return pid.substring(0, Math.max(0, pid.lastIndexOf('.')));
    }

    /** The client comes into a namespace. The result is what it is to say when it comes back. */
    synchronized String join(String namespace) {
        leave(namespace);
        Space space = new Space(secret + '.' + ++joins);
        spaces.put(namespace, space);
        return space.pid;
    }

    /** It is not in that namespace any more, or is not let in. */
    synchronized void leave(String namespace) {
        if (spaces.remove(namespace) != null) {
            kept.removeIf(each -> each.namespace().equals(namespace));
            bytes = kept.stream().mapToInt(each -> each.text().length()).sum();
        }
    }

    /**
     * The client is back in a namespace, over this connection. What it missed goes out behind the packet that tells it so.
     *
     * @param offset of the last that it had, if any
     * @return false when it cannot have all that it missed: then nothing has happened
     */
    synchronized boolean resume(Runnable over, String namespace, String pid, @Nullable String offset) {
        Space space = spaces.get(namespace);
        if (torn || space == null || !space.pid.equals(pid) || !knows(namespace, space, offset)) {
            return false;
        } else if (over != connection) {
            connection = over;
            spaces.values().forEach(each -> each.open = false);
        }
        space.since = offset;
        return true;
    }

    private boolean knows(String namespace, Space space, @Nullable String offset) {
        return Objects.equals(offset, space.forgotten) || kept.stream().anyMatch(each -> each.isAt(namespace, offset));
    }

    /** Whether its client was told that it is in. */
    synchronized boolean isOpen(String namespace) {
        Space space = spaces.get(namespace);
        return space != null && space.open;
    }

    /** Where the client was and, over this connection, has not come back to. */
    synchronized Set<String> waiting(Runnable over) {
        return spaces.entrySet().stream()
                .filter(each -> over == connection && !each.getValue().open)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Keeps a parcel; the result is what goes out now, which mostly is the same. */
    Parcel write(Runnable over, Parcel parcel) {
        List<String> now = new ArrayList<>();
        Runnable end;
        synchronized (this) {
            if (over == connection) {
                parcel.as(PACKETS).forEach(packet -> write(packet, now));
            } else {
                torn = true; // an old connection had more to say: that belongs before what this one was given
            }
            end = connection;
        }
        if (torn) {
            now.clear();
            end.run();
        }
        return now.equals(parcel.texts()) ? parcel : new Parcel(now);
    }

    private void write(Sent packet, List<String> now) {
        Space space = spaces.get(packet.namespace());
        if (space == null || packet.offset() == null) {
            now.add(packet.text());
        } else {
            keep(packet);
            if (space.open) {
                now.add(packet.text());
            }
        }
        if (space != null && packet.is(Packet.CONNECT)) {
            open(packet.namespace(), space, now);
        } else if (packet.is(Packet.DISCONNECT) || packet.is(Packet.CONNECT_ERROR)) {
            leave(packet.namespace());
        }
    }

    private void open(String namespace, Space space, List<String> now) {
        space.open = true;
        torn = torn || !knows(namespace, space, space.since); // too much came in between
        now.addAll(behind(namespace, space));
    }

    private void keep(Sent packet) {
        kept.add(packet);
        bytes += packet.text().length();
        while (bytes > bound) {
            Sent oldest = kept.remove();
            bytes -= oldest.text().length();
            Space space = spaces.get(oldest.namespace());
            if (space != null) {
                space.forgotten = oldest.offset();
            }
        }
    }

    private List<String> behind(String namespace, Space space) {
        List<String> missed = new ArrayList<>();
        for (Sent packet : kept) {
            if (packet.isAt(namespace, space.since)) {
                missed.clear();
            } else if (packet.namespace().equals(namespace)) {
                missed.add(packet.text());
            }
        }
        return missed;
    }
}
