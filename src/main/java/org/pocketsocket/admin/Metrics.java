package org.pocketsocket.admin;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.pocketsocket.hub.Meter;
import org.pocketsocket.hub.Overview;
import org.pocketsocket.hub.Survey;

/**
 * Counts what a hub does. No label is a channel, a room or a user: there may be any number of these. What can be looked up
 * is looked up when somebody asks.
 */
public final class Metrics implements Meter {

    private static final double[] BUCKETS = {0.00005, 0.00025, 0.001, 0.005, 0.025, 0.1, 0.5, 2.5};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Overview overview;
    private final Gauge connections = register(
            Gauge.builder().name("pocket_connections").help("Connected peers").labelNames("transport"));
    private final Histogram commands =
            register(histogram("pocket_commands", "Messages handled").labelNames("method"));
    private final Histogram broadcast =
            register(histogram("pocket_broadcast", "A lane's delivery of all that it had taken"));
    private final Histogram roundTrips = register(histogram("pocket_rtt", "Pings, until they were answered"));
    private final Counter received = register(counter("pocket_messages_received", "Messages from clients"));
    private final Counter sent =
            register(counter("pocket_messages_sent", "Messages to clients: recipients times messages"));
    private final Counter bytesReceived = register(counter("pocket_bytes_received", "Bytes of text from clients"));
    private final Counter bytesSent = register(counter("pocket_bytes_sent", "Bytes of text to clients"));
    private final Counter errors =
            register(counter("pocket_errors", "Errors answered").labelNames("code"));
    private final Counter limited = register(counter("pocket_rate_limited", "Answers with 4429"));
    private final Counter ends =
            register(counter("pocket_disconnects", "Ends, by close code").labelNames("code"));
    private final CounterDataPoint slow = register(
                    counter("pocket_slow_consumers", "Peers that were put out because they read too slowly")
                            .labelNames("policy"))
            .labelValues("close");
    private final Counter recoveries =
            register(counter("pocket_recoveries", "Peers that came back").labelNames("recovered"));
    private final Recent recent = new Recent(System::nanoTime);
    private volatile Survey survey;

    public Metrics(Overview overview) {
        this.overview = overview;
        this.survey = overview.survey();
        recoveries.initLabelValues("true");
        recoveries.initLabelValues("false");
        gauge("pocket_users", "Users with a name", Survey::users);
        gauge("pocket_channels", "Channels at work", Survey::channels);
        gauge("pocket_rooms", "Rooms with members", Survey::rooms);
        gauge("pocket_subscriptions", "Memberships of peers in channels", Survey::subscriptions);
        gauge("pocket_queue_bytes", "Bytes that wait in all outboxes", Survey::queued);
        gauge("pocket_queue_bytes_max", "Bytes that wait in the fullest outbox", Survey::longest);
        // not all that there is: some would have the JVM itself hold on to this application when it is gone
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private static Counter.Builder counter(String name, String help) {
        return Counter.builder().name(name).help(help).withoutExemplars();
    }

    private static Histogram.Builder histogram(String name, String help) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .withoutExemplars() // they would bring a thread of their own
                .classicOnly()
                .classicUpperBounds(BUCKETS);
    }

    private Gauge register(Gauge.Builder gauge) {
        return gauge.register(registry);
    }

    private Histogram register(Histogram.Builder histogram) {
        return histogram.register(registry);
    }

    private Counter register(Counter.Builder counter) {
        return counter.register(registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<Survey> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.applyAsDouble(survey)))
                .register(registry);
    }

    /** All of it in Prometheus' text format, with a look at who is here now. */
    String text() {
        look();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never: it goes into memory
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private synchronized void look() {
        survey = overview.survey();
        connections.clear();
        survey.connections()
                .forEach(
                        (transport, count) -> connections.labelValues(transport).set(count));
    }

    /** What was counted since the start. */
    Totals totals() {
        return new Totals(
                received.getLongValue(),
                sent.getLongValue(),
                bytesReceived.getLongValue(),
                bytesSent.getLongValue(),
                slow.getLongValue(),
                counts(errors),
                counts(ends),
                recent.counts());
    }

    private static Map<String, Long> counts(Counter counters) {
        return counters.collect().getDataPoints().stream()
                .collect(Collectors.toMap(
                        each -> String.valueOf(each.getLabels().get("code")), each -> (long) each.getValue()));
    }

    /**
     * Counted since the start.
     *
     * @param errors by code
     * @param disconnects by close code
     * @param recent the same in the last ten minutes
     */
    public record Totals(
            long received,
            long sent,
            long bytesReceived,
            long bytesSent,
            long slow,
            Map<String, Long> errors,
            Map<String, Long> disconnects,
            Map<String, Integer> recent) {}

    @Override
    public void received(int bytes) {
        received.inc();
        bytesReceived.inc(bytes);
    }

    @Override
    public void handled(String command, long nanos) {
        commands.labelValues(command).observe(Unit.nanosToSeconds(nanos));
    }

    @Override
    public void sent(int messages, long bytes) {
        sent.inc(messages);
        bytesSent.inc(bytes);
    }

    @Override
    public void delivered(long nanos) {
        broadcast.observe(Unit.nanosToSeconds(nanos));
    }

    @Override
    public void refused(int code) {
        errors.labelValues(String.valueOf(code)).inc();
        if (code == 4429) {
            limited.inc();
        }
    }

    @Override
    public void ended(int code) {
        ends.labelValues(String.valueOf(code)).inc();
        recent.add(code);
    }

    @Override
    public void answered(long nanos) {
        roundTrips.observe(Unit.nanosToSeconds(nanos));
    }

    @Override
    public void slow() {
        slow.inc();
    }

    @Override
    public void recovered(boolean all) {
        recoveries.labelValues(String.valueOf(all)).inc();
    }
}
