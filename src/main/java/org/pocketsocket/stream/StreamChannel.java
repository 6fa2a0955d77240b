package org.pocketsocket.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;

/**
 * The channel {@code stream}. In it are the connections that backends have announced, and browsers that came by another
 * door: they show who they are with {@code ?username=ada&sig=…}, signed by a backend.
 */
public final class StreamChannel {

    static final String CONNECTION = "conn_id";

    private final House house;

    StreamChannel(House house) {
        this.house = house;
    }

    /** Which connection a member is. */
    private static final class Seat {
        private @Nullable Connection connection;
    }

    @OnJoin
    void join(Member me) {
        Connection own = own(me);
        if (own == null) {
            own = guest(me);
        } else {
            own.entered(me);
        }
        me.state(Seat.class, Seat::new).connection = own;
    }

    /** A connection of our own doors brings the very handshake that was made for it; nobody else can have that. */
    private @Nullable Connection own(Member me) {
        Handshake handshake = me.handshake();
        return handshake
                .parameter(CONNECTION)
                .flatMap(house::connection)
                .filter(each -> each.isFrom(handshake))
                .orElse(null);
    }

    private Connection guest(Member me) {
        Handshake handshake = me.handshake();
        String user = handshake.parameter("username").orElse("");
        Optional<String> signature = handshake.parameter("sig").or(() -> handshake.parameter("signature"));
        if (user.isEmpty() || !house.settings.isOpen() || signature.isEmpty() || !isGood(signature.get(), user)) {
            throw new Rejection(4403, "method_access_denied", "this needs ?username= and its signature, &sig=");
        }
        Optional<Connection> connection = refusedAsRejection(() -> house.stream.enter(user, me));
        if (connection.isEmpty()) {
            me.kick("nobody has announced you");
            throw new Rejection(4403, "method_access_denied", "nobody has announced you");
        }
        if (me.identity().isAnonymous()) {
            me.identify(Identity.of(user));
        }
        return connection.get();
    }

    /** A plus sign that was not escaped in the address has become a space. */
    private boolean isGood(String signature, String user) {
        return house.signatures.isGood(
                signature.replace(' ', '+'),
                List.of(user),
                house.settings.times().visit());
    }

    /** Into channels, as far as a backend has allowed it; those it was let into. */
    @On("join")
    List<String> join(List<String> channels, Member me) {
        Connection connection = connection(me);
        List<String> accepted = refusedAsRejection(() -> house.stream.join(connection, channels));
        me.send("join", accepted);
        tellOthers("presence_join", connection, accepted);
        return accepted;
    }

    /** Out of channels; those it was in. */
    @On("leave")
    List<String> leave(List<String> channels, Member me) {
        Connection connection = connection(me);
        List<String> left = house.stream.leave(connection, channels);
        me.send("leave", left);
        tellOthers("presence_leave", connection, left);
        return left;
    }

    @On("heartbeat")
    void heartbeat(Member me) {
        connection(me).active(house.directory.now());
    }

    @OnLeave
    void left(Member me) {
        Connection connection = me.state(Seat.class, Seat::new).connection;
        if (connection != null) {
            List<String> channels = connection.channels();
            house.stream.leave(connection);
            tellOthers("presence_leave", connection, channels);
        }
    }

    private static Connection connection(Member me) {
        Connection connection = me.state(Seat.class, Seat::new).connection;
        if (connection == null) {
            throw new Rejection(4409, "conflict", "you are not in");
        }
        return connection;
    }

    private static <T> T refusedAsRejection(Supplier<T> call) {
        try {
            return call.get();
        } catch (Refused no) {
            throw new Rejection(4429, "too_many", String.valueOf(no.getMessage()));
        }
    }

    /** To others who came by another door too, and share channels that tell of presence: {@code (user, [channels])}. */
    private void tellOthers(String event, Connection from, List<String> channels) {
        Map<Member, List<String>> common = new LinkedHashMap<>();
        for (String name : channels) {
            house.directory.topic(name).filter(topic -> topic.options().notifyPresence()).stream()
                    .flatMap(Topic::all)
                    .filter(other -> other.reach() == null && !other.user().equals(from.user()))
                    .forEach(other -> add(common, other, name));
        }
        common.forEach((member, names) -> member.send(event, List.of(from.user(), names)));
    }

    private static void add(Map<Member, List<String>> common, Connection other, String name) {
        Member member = other.member();
        if (member != null) {
            common.computeIfAbsent(member, m -> new ArrayList<>()).add(name);
        }
    }
}
