package org.pocketsocket.client.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Address;

/** Opens a line: finds the host, tries its addresses one after the other, asks the proxy, then speaks TLS. */
final class Dial {

    private final Route route;
    private final String place;
    private final Line.Ear ear;
    private final Queue<InetAddress> addresses = new ArrayDeque<>();
    private final int port;
    private @Nullable Line trying;
    private boolean finding = true;
    private boolean over;

    private Dial(Route route, Address to, Line.Ear ear) {
        this.route = route;
        this.ear = ear;
        this.place = new Place(to).toString();
        this.port = route.proxy().map(proxy -> proxy.address().getPort()).orElse(to.port());
    }

    /** The ear hears {@code opened} or {@code ended}, later. */
    static Dial to(Route route, Address to, Line.Ear ear) {
        Line.Ear inner = to.secure() ? new Tls(route.tls(), to.host(), to.port(), ear) : ear;
        Line.Ear outer = route.proxy()
                .<Line.Ear>map(proxy -> new Tunnel(proxy, to, inner))
                .orElse(inner);
        Dial dial = new Dial(route, to, outer);
        String host =
                route.proxy().map(proxy -> proxy.address().getHostString()).orElse(to.host());
        route.loop().finding(true);
        route.loop().workers().execute(() -> dial.find(host));
        return dial;
    }

    /** Gives up; the ear hears nothing of it. */
    void cancel() {
        over = true;
        found();
        if (trying != null) {
            trying.close();
        }
    }

    private void find(String host) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(host));
            route.loop().execute(() -> {
                found();
                addresses.addAll(found);
                next(Ending.hungUp(place));
            });
        } catch (UnknownHostException e) {
            route.loop().execute(() -> {
                found();
                end(new Ending(Ending.Kind.UNREACHABLE, 0, "Cannot reach " + place + ": the host is not known"));
            });
        }
    }

    private void found() {
        if (finding) {
            finding = false;
            route.loop().finding(false);
        }
    }

    private void next(Ending why) {
        InetAddress address = addresses.poll();
        if (over) {
            return;
        } else if (address == null) {
            end(why);
            return;
        }
        try {
            trying = new Tcp(route.loop(), new InetSocketAddress(address, port), place, new Attempt());
        } catch (IOException | ClosedSelectorException e) {
            next(Ending.broken(place, e));
        }
    }

    private void end(Ending why) {
        if (!over) {
            over = true;
            ear.ended(why);
        }
    }

    /** Until the line is open a failure is a reason to try the next address. */
    private final class Attempt implements Line.Ear {

        private boolean open;

        @Override
        public void opened(Line line) {
            open = true;
            if (!over) {
                ear.opened(line);
            }
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            if (!over) {
                ear.received(bytes, offset, length);
            }
        }

        @Override
        public void ended(Ending why) {
            if (open) {
                end(why);
            } else {
                next(why);
            }
        }
    }
}
