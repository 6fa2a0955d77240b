package org.pocketsocket.admin;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.pocketsocket.hub.Meter;
import org.pocketsocket.hub.Overview;
import org.pocketsocket.hub.Survey;

/**
 * Counts what a hub does. No label is a channel, a room or a user: there may be any number of these. What can be looked up
 * is looked up when somebody asks.
 */
public final class Metrics implements Meter, AutoCloseable {

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Overview overview;
    private final MultiGauge connections;
    private final Map<String, Timer> commands = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> errors = new ConcurrentHashMap<>();
    private final Map<Integer, Counter> ends = new ConcurrentHashMap<>();
    private final Timer broadcast = timer("pocket.broadcast", "A lane's delivery of all that it had taken", "", "");
    private final Counter received = counter("pocket.messages.received", "Messages from clients");
    private final Counter sent = counter("pocket.messages.sent", "Messages to clients: recipients times messages");
    private final Counter bytesReceived = counter("pocket.bytes.received", "Bytes of text from clients");
    private final Counter bytesSent = counter("pocket.bytes.sent", "Bytes of text to clients");
    private final Counter limited = counter("pocket.rate.limited", "Answers with 4429");
    private final Counter slow =
            counter("pocket.slow.consumers", "Peers that were put out because they read too slowly", "policy", "close");
    private final Counter recovered = counter("pocket.recoveries", "Peers that came back", "recovered", "true");
    private final Counter lost = counter("pocket.recoveries", "Peers that came back", "recovered", "false");
    private volatile Survey survey;

    public Metrics(Overview overview) {
        this.overview = overview;
        this.survey = overview.survey();
        this.connections = MultiGauge.builder("pocket.connections")
                .description("Connected peers")
                .register(registry);
        gauge("pocket.users", "Users with a name", Survey::users);
        gauge("pocket.channels", "Channels at work", Survey::channels);
        gauge("pocket.rooms", "Rooms with members", Survey::rooms);
        gauge("pocket.subscriptions", "Memberships of peers in channels", Survey::subscriptions);
        gauge("pocket.queue.bytes", "Bytes that wait in all outboxes", Survey::queued);
        gauge("pocket.queue.bytes.max", "Bytes that wait in the fullest outbox", Survey::longest);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private void gauge(String name, String description, ToDoubleFunction<Survey> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.survey))
                .description(description)
                .register(registry);
    }

    private Timer timer(String name, String description, String key, String value) {
        Timer.Builder builder = Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
        return (key.isEmpty() ? builder : builder.tag(key, value)).register(registry);
    }

    /** All of it in Prometheus' text format, with a look at who is here now. */
    String text() {
        look();
        return registry.scrape();
    }

    private synchronized void look() {
        survey = overview.survey();
        connections.register(
                survey.connections().entrySet().stream()
                        .map(each -> MultiGauge.Row.of(Tags.of("transport", each.getKey()), each.getValue()))
                        .collect(Collectors.toList()),
                true);
    }

    /** What was counted since the start. */
    Totals totals() {
        return new Totals(
                (long) received.count(),
                (long) sent.count(),
                (long) bytesReceived.count(),
                (long) bytesSent.count(),
                (long) slow.count(),
                counts(errors),
                counts(ends));
    }

    private static Map<String, Long> counts(Map<Integer, Counter> counters) {
        return counters.entrySet().stream().collect(Collectors.toMap(each -> String.valueOf(each.getKey()), each ->
                (long) each.getValue().count()));
    }

    /**
     * Counted since the start.
     *
     * @param errors by code
     * @param disconnects by close code
     */
    public record Totals(
            long received,
            long sent,
            long bytesReceived,
            long bytesSent,
            long slow,
            Map<String, Long> errors,
            Map<String, Long> disconnects) {}

    @Override
    public void received(int bytes) {
        received.increment();
        bytesReceived.increment(bytes);
    }

    @Override
    public void handled(String command, long nanos) {
        commands.computeIfAbsent(command, name -> timer("pocket.commands", "Messages handled", "method", name))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void sent(int messages, long bytes) {
        sent.increment(messages);
        bytesSent.increment((double) bytes);
    }

    @Override
    public void delivered(long nanos) {
        broadcast.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void refused(int code) {
        errors.computeIfAbsent(code, c -> counter("pocket.errors", "Errors answered", "code", String.valueOf(c)))
                .increment();
        if (code == 4429) {
            limited.increment();
        }
    }

    @Override
    public void ended(int code) {
        ends.computeIfAbsent(code, c -> counter("pocket.disconnects", "Ends, by close code", "code", String.valueOf(c)))
                .increment();
    }

    @Override
    public void slow() {
        slow.increment();
    }

    @Override
    public void recovered(boolean all) {
        (all ? recovered : lost).increment();
    }

    @Override
    public void close() {
        registry.close();
    }
}
