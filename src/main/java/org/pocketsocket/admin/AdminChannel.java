package org.pocketsocket.admin;

import jakarta.annotation.security.RolesAllowed;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Channels;
import org.pocketsocket.Member;
import org.pocketsocket.On;
import org.pocketsocket.OnJoin;
import org.pocketsocket.OnLeave;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.hub.Overview;
import org.pocketsocket.hub.Survey;
import org.pocketsocket.security.AdminPass;
import org.pocketsocket.security.Revocations;

/** What the administrator's page talks to: a channel like any other, for those with a pass. */
@RolesAllowed(AdminPass.ROLE)
public final class AdminChannel {

    private static final int MOST_SHOWN = 200;

    private final Channels channels;
    private final Hub hub;
    private final Overview overview;
    private final Revocations revoked;
    private final Metrics metrics;

    AdminChannel(Channels channels, Hub hub, Revocations revoked, Metrics metrics) {
        this.channels = channels;
        this.hub = hub;
        this.overview = hub.overview();
        this.revoked = revoked;
        this.metrics = metrics;
    }

    /** What to look for: a part of a name, whatever its case; empty for all. */
    private record Search(@Nullable String text) {

        private boolean fits(Stream<String> texts) {
            String part = text == null ? "" : text.toLowerCase(Locale.ROOT);
            return texts.anyMatch(each -> each.toLowerCase(Locale.ROOT).contains(part));
        }
    }

    /** The first of them, and how many there are. */
    public record Found<T>(int total, List<T> first) {

        static <T> Found<T> of(List<T> all) {
            return new Found<>(all.size(), all.stream().limit(MOST_SHOWN).toList());
        }
    }

    /** An event to send. */
    public record Publication(
            String channel,
            @Nullable String room,
            String event,
            @Nullable Object data) {}

    /** Whom to put out: a user on all devices, or one connection by its id. */
    public record Exit(
            @Nullable String user,
            @Nullable String id,
            @Nullable String reason,
            boolean revoke) {}

    /** How many were put out. */
    public record Gone(int connections) {}

    /** What to look for among connections, and among channels. */
    public record Look(
            @Nullable String connections, @Nullable String channels) {}

    /** What there is to see. */
    public record View(Stats stats, Found<Survey.Connection> connections, Found<Survey.Channel> channels) {}

    @OnJoin
    void join() {}

    /** All that the page shows, once a second, in one answer. */
    @On("look")
    View look(Look at) {
        return new View(
                Stats.now(overview.survey(), metrics.totals()),
                connections(new Search(at.connections())),
                channels(new Search(at.channels())));
    }

    private Found<Survey.Connection> connections(Search search) {
        return Found.of(overview.connections().stream()
                .filter(each -> search.fits(Stream.concat(
                        Stream.of(each.id(), each.user(), each.address(), each.transport()), each.channels().stream())))
                .sorted(Comparator.comparingInt(Survey.Connection::queued)
                        .reversed()
                        .thenComparing(Survey.Connection::address))
                .toList());
    }

    private Found<Survey.Channel> channels(Search search) {
        return Found.of(overview.channels().stream()
                .filter(each -> search.fits(Stream.of(each.name())))
                .sorted(Comparator.comparingInt(Survey.Channel::members)
                        .reversed()
                        .thenComparing(Survey.Channel::name))
                .toList());
    }

    @On("rooms")
    Found<Survey.Room> rooms(String channel) {
        return Found.of(overview.rooms(channel).stream()
                .sorted(Comparator.comparingInt(Survey.Room::members).reversed().thenComparing(Survey.Room::name))
                .toList());
    }

    @On("publish")
    void publish(Publication what) {
        try {
            ChannelRef channel = channels.of(what.channel());
            if (what.room() == null || what.room().isEmpty()) {
                channel.send(what.event(), what.data());
            } else {
                channel.room(what.room()).send(what.event(), what.data());
            }
        } catch (IllegalArgumentException e) {
            throw new Rejection(4400, "invalid_method_args", String.valueOf(e.getMessage()));
        }
    }

    /** Shows what a channel sends from now on; before that, what another did. */
    @On("tail")
    void tail(String channel, Member me) {
        if (channel.equals(AdminPass.CHANNEL)) {
            throw new Rejection(4400, "invalid_method_args", "what this channel sends is what you are looking at");
        }
        Tail tail = me.state(Tail.class, Tail::new);
        tail.end();
        tail.begin(overview.tail(channel, event -> tail.show(me, event))
                .orElseThrow(() -> new Rejection(4404, "no_such_namespace", "there is nobody in such a channel")));
    }

    @On("untail")
    void untail(Member me) {
        me.state(Tail.class, Tail::new).end();
    }

    @On("kick")
    Gone kick(Exit who) {
        String reason = who.reason() == null || who.reason().isEmpty() ? "put out by the administrator" : who.reason();
        if (who.id() != null) {
            return new Gone(overview.disconnect(who.id(), reason) ? 1 : 0);
        } else if (who.user() == null || who.user().isEmpty()) {
            throw new Rejection(4400, "invalid_method_args", "say whom: a user, or a connection's id");
        } else if (who.revoke()) {
            revoked.user(who.user());
        }
        return new Gone(hub.gate().kick(who.user(), reason));
    }

    @OnLeave
    void left(Member me) {
        untail(me);
    }

    /**
     * How things are.
     *
     * @param at milliseconds since 1970
     * @param uptime seconds
     * @param load of all processors, 0 to 1; below 0 where it is not known
     */
    public record Stats(
            String node,
            String version,
            long at,
            long uptime,
            double load,
            long memory,
            long mostMemory,
            Survey now,
            Metrics.Totals totals) {

        static Stats now(Survey survey, Metrics.Totals totals) {
            Runtime runtime = Runtime.getRuntime();
            String version = AdminChannel.class.getPackage().getImplementationVersion();
            return new Stats(
                    ManagementFactory.getRuntimeMXBean().getName(),
                    version == null ? "" : version,
                    System.currentTimeMillis(),
                    ManagementFactory.getRuntimeMXBean().getUptime() / 1000,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() / runtime.availableProcessors(),
                    runtime.totalMemory() - runtime.freeMemory(),
                    runtime.maxMemory(),
                    survey,
                    totals);
        }
    }
}
