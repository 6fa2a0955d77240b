package org.pocketsocket.grizzly;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.glassfish.grizzly.Context;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.IOStrategy;
import org.glassfish.grizzly.Processor;
import org.glassfish.grizzly.ProcessorExecutor;
import org.glassfish.grizzly.ProcessorResult;
import org.glassfish.grizzly.StandaloneProcessor;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLUtils;
import org.glassfish.grizzly.strategies.LeaderFollowerNIOStrategy;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.pocketsocket.hub.Cable;

/**
 * The TCP connection itself, in place of the one that the container made of it. The container would keep the request and
 * the answer that it began with, some 20 KB, and lead every byte through both. Here the request ends, and what is read
 * and written goes straight from and to the socket, on the same threads as before.
 */
public final class GrizzlyConnection extends StandaloneProcessor implements WebConnection {

    /** Where Grizzly notes the request that a connection is busy with. */
    private static final String REQUEST = "HttpServerFilter.Request";

    private final Processor<?> chain;
    private final GrizzlyInput in;
    private final GrizzlyOutput out;

    private GrizzlyConnection(TCPNIOConnection connection, byte[] early, Consumer<Runnable> caller) {
        this.chain = connection.getProcessor();
        this.in = new GrizzlyInput(connection, early, caller);
        this.out = new GrizzlyOutput(connection, caller);
    }

    /**
     * Takes over what lies under this connection, before anybody has read from it or written to it. The given one is
     * closed then, and not to be touched again.
     *
     * @return what is to be used: the given one where this is not Grizzly, or TLS is between
     */
    public static WebConnection under(WebConnection given, Cable cable) throws IOException {
        Consumer<Runnable> caller = Application.of(cable.application());
        return caller != null && cable.connection() instanceof TCPNIOConnection tcp && Service.goesOn(given)
                ? under(given, tcp, caller)
                : given;
    }

    /** @param caller calls the listeners */
    static WebConnection under(WebConnection given, TCPNIOConnection tcp, Consumer<Runnable> caller)
            throws IOException {
        if (!isBare(tcp) || !(tcp.getAttributes().getAttribute(REQUEST) instanceof Request request)) {
            return given;
        }
        given.getOutputStream().flush();
        if (!tcp.getAsyncWriteQueue().isEmpty()) {
            return given; // its head has not left, so we cannot write behind it
        }
        ServletInputStream began = given.getInputStream();
        GrizzlyConnection taken = new GrizzlyConnection(tcp, began.readNBytes(began.available()), caller);
        tcp.setProcessor(taken);
        IdleTimeoutFilter.setCustomTimeout(tcp, -1, TimeUnit.SECONDS); // whoever is silent is the hub's matter
        end(given, request.getRequest(), tcp.getAttributes());
        return taken;
    }

    private static boolean isBare(TCPNIOConnection tcp) {
        return tcp.getProcessor() instanceof FilterChain chain
                && chain.indexOfType(SSLBaseFilter.class) < 0
                && SSLUtils.getSSLEngine(tcp) == null
                && listensUntilItTells(tcp.getTransport().getIOStrategy());
    }

    private static boolean listensUntilItTells(IOStrategy strategy) {
        return strategy instanceof LeaderFollowerNIOStrategy || strategy instanceof WorkerThreadIOStrategy;
    }

    /** Ends the request as one without an upgrade that keeps its connection; and nobody waits for the next. */
    private static void end(WebConnection given, HttpRequestPacket packet, AttributeHolder notes) {
        packet.getUpgradeDC().recycle();
        packet.getProcessingState().setKeepAlive(true);
        List.copyOf(notes.getAttributeNames()).stream()
                .filter(name -> name.contains("HttpServerFilter"))
                .forEach(notes::removeAttribute);
        try {
            given.close();
        } catch (Exception e) {
            // what it had to free it has freed, and of what it had to write nothing is left
        }
    }

    @Override
    public ServletInputStream getInputStream() {
        return in;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }

    /** What was written leaves first, as far as the other side takes it. */
    @Override
    public void close() {
        out.close();
    }

    // ---- what Grizzly calls

    @Override
    public boolean isInterested(IOEvent event) {
        return event == IOEvent.READ || event == IOEvent.WRITE || event == IOEvent.CLOSED;
    }

    /** Grizzly listens no more for what it has told, until the streams ask it to. */
    @Override
    public ProcessorResult process(Context context) {
        switch (context.getIoEvent()) {
            case READ -> in.comes();
            case WRITE -> out.goes();
            case CLOSED -> {
                out.breaks();
                ProcessorExecutor.execute(context.getConnection(), IOEvent.CLOSED, chain, null); // it has noted it, too
            }
            default -> {}
        }
        return ProcessorResult.createLeave();
    }
}
