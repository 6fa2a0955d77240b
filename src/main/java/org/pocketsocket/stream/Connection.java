package org.pocketsocket.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Member;
import org.pocketsocket.hub.Peer;

/**
 * A browser's connection, known before it is there: it was announced by {@code /connect}. Or a member of the channel
 * {@code stream} who came by another door.
 */
final class Connection {

    private final String id;
    private final Person person;

    /** Changed under the {@link Directory}'s lock only. */
    private final Set<Topic> topics = ConcurrentHashMap.newKeySet(4);

    private volatile @Nullable Reach reach;
    private volatile @Nullable Member member;
    private volatile long active;
    private volatile boolean marked;
    private volatile long beat;

    /** @param now nanoseconds, as all times here */
    Connection(String id, Person person, long now) {
        this.id = id;
        this.person = person;
        this.active = now;
        this.beat = now;
    }

    /** How it is reached, if it came by our own doors. */
    record Reach(Peer peer, StreamWire wire, Handshake handshake) {}

    String id() {
        return id;
    }

    Person person() {
        return person;
    }

    String user() {
        return person.name();
    }

    Set<Topic> topics() {
        return topics;
    }

    List<String> channels() {
        return topics.stream().map(Topic::name).sorted().toList();
    }

    void reachedBy(Reach way) {
        reach = way;
    }

    /** Null for one that came by another door. */
    @Nullable
    Reach reach() {
        return reach;
    }

    /** Whether it was made with this very handshake: an equal one is somebody's who has guessed the id. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFrom(Handshake handshake) {
        Reach way = reach;
        return way != null && way.handshake == handshake;
    }

    void entered(Member as) {
        member = as;
    }

    /** Null before it is in. */
    @Nullable
    Member member() {
        return member;
    }

    // ---- how it is

    /** Something was sent to it, or heard from it. */
    void active(long now) {
        active = now;
        marked = false;
        person.active(now);
    }

    /** It is to be collected, if it does not come back at once. */
    void mark() {
        marked = true;
    }

    boolean isOver(long now, long idle) {
        return reach != null && (marked || now - active > idle);
    }

    /** Whether a heartbeat is due; if so, the next is due after this time. */
    boolean beats(long now, long interval) {
        Reach way = reach;
        if (now - beat < interval) {
            return false;
        }
        beat = now;
        return way == null || way.wire.wantsHeartbeat();
    }
}
