package org.pocketsocket.demo;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.concurrent.Future;
import javax.management.JMException;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Channel;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.OnJoin;
import org.pocketsocket.WhenSlow;

/**
 * How busy this machine is, ten times a second, as long as somebody looks.
 *
 * <p>Whoever reads too slowly loses the oldest points. {@link WhenSlow#KEEP_LATEST} would be wrong: a plot wants every
 * point it can get, and that leaves one of all that wait. To close would be too hard: a gap in a plot harms nobody.
 */
@Channel(value = "cpu", whenSlow = WhenSlow.DROP_OLDEST)
public class CpuChannel {

    private static final Duration PERIOD = Duration.ofMillis(100);

    private @Nullable Future<?> job;

    /**
     * How busy it was then.
     *
     * @param load 0 to 1
     * @param at milliseconds since 1970
     */
    public record Point(double load, long at) {}

    public CpuChannel() {
        load(); // the first is always 0: the JDK counts from call to call
    }

    /** Starts the job if it does not run: it ends by itself when the channel is empty. */
    @OnJoin
    synchronized void join(ChannelRef cpu) {
        if (job == null || job.isDone()) {
            job = cpu.every(PERIOD, () -> cpu.send("point", new Point(load(), System.currentTimeMillis())));
        }
    }

    /** By attribute: not every server lets an application see the JDK's own class for it. */
    private static double load() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        try {
            Object load = ManagementFactory.getPlatformMBeanServer().getAttribute(system.getObjectName(), "CpuLoad");
            return Math.max(0, (Double) load);
        } catch (JMException | ClassCastException e) {
            return Math.min(1, Math.max(0, system.getSystemLoadAverage()) / system.getAvailableProcessors());
        }
    }
}
