package org.pocketsocket.stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.pocketsocket.Channels;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.history.Range;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Once;
import org.pocketsocket.hub.Peer;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.security.Token;
import org.pocketsocket.settings.Settings;
import org.pocketsocket.settings.StreamSettings;

/** Puts channelstream's API together: with the first who needs it, which is a servlet of it when it is started. */
@Singleton
public class House {

    private static final Logger LOG = Logger.getLogger(House.class.getName());
    private static final int SHORT = 12;

    /** Connections come with a backend's word, and need no token; they are no part of what others relay. */
    private static final Token.Scope SCOPE = Token.Scope.of(List.of(Mailroom.CHANNEL));

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    final StreamSettings settings;
    final Hub hub;
    final Directory directory;
    final Mailroom mailroom;
    final Channelstream stream;
    final Calls calls;
    final Guard guard;
    final Signatures signatures;
    final Info info;
    private final StreamCodec codec = new StreamCodec();

    @Inject
    House(Hub hub, Channels channels, Settings settings) {
        this(hub, channels, settings, new Directory.Clocks(InstantSource.system(), System::nanoTime));
    }

    House(Hub hub, Channels channels, Settings all, Directory.Clocks clocks) {
        this.settings = all.stream();
        this.hub = hub;
        this.directory = new Directory(settings.most(), clocks);
        this.mailroom =
                new Mailroom(hub, directory, all.limits().publication(), new Once<>(all.history(), clocks.nanos()));
        this.stream =
                new Channelstream(directory, mailroom, this::enter, all.limits().rooms());
        this.info = new Info(
                directory,
                mailroom,
                new Outdoors(
                        hub, Range.latest(all.history().recovery(), all.limits().publication())));
        this.calls = new Calls(directory, mailroom, stream, info);
        this.signatures = new Signatures(settings.secret(), clocks.time());
        this.guard = new Guard(settings, signatures);
        channels.register(Mailroom.CHANNEL, new StreamChannel(this));
        new Keeper(this).start();
        warn();
    }

    private void warn() {
        if (settings.isOpen() && settings.secret().bytes().length < SHORT) {
            LOG.warning("pocket.stream.secret is so short that it can be guessed: everybody who does may post");
        }
    }

    private void enter(Connection connection, String address) {
        StreamWire wire = new StreamWire(
                settings.most().missed(),
                keys -> mailroom.kept(connection, keys),
                () -> connection.active(directory.now()),
                () -> end(connection));
        Identity identity = Identity.of(connection.user());
        Handshake handshake = new Handshake(
                address, 0, Map.of(), Map.of(StreamChannel.CONNECTION, List.of(connection.id())), identity);
        Peer peer = hub.connect(handshake, codec, wire);
        connection.reachedBy(new Connection.Reach(peer, wire, handshake));
        hub.gate().admit(peer, new Token(identity, "", FOR_EVER, SCOPE));
        hub.receive(peer, new Incoming.Join("null", Mailroom.CHANNEL, "{}", ""));
        if (connection.member() == null) {
            end(connection);
            throw Refused.with(503, "The server is stopping");
        }
    }

    /** Ends a connection that came by our own doors; the channel then forgets it. */
    void end(Connection connection) {
        stream.leave(connection);
        Connection.Reach reach = connection.reach();
        if (reach != null) {
            hub.disconnect(reach.peer(), Reason.LOST);
        }
    }

    /** The same, for a line to sit down on. */
    Optional<Seat> seat(String id) {
        return directory.connection(id).flatMap(connection -> Optional.ofNullable(connection.reach())
                .map(reach -> new Seat(connection, reach, directory::now)));
    }

    /** A connection that came by our own doors. */
    Optional<Connection> connection(String id) {
        return directory.connection(id).filter(connection -> connection.reach() != null);
    }
}
