package org.pocketsocket.client.net;

import org.jspecify.annotations.Nullable;
import org.pocketsocket.frame.Address;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.Request;
import org.pocketsocket.frame.Response;

/** Asks an HTTP proxy for a tunnel (RFC 9110, 9.3.6), then gets out of the way. */
final class Tunnel implements Line.Ear {

    private final Route.Proxy proxy;
    private final Address to;
    private final Line.Ear above;
    private final HeadReader head = new HeadReader();
    private final String name;
    private @Nullable Line line;
    private boolean through;

    Tunnel(Route.Proxy proxy, Address to, Line.Ear above) {
        this.proxy = proxy;
        this.to = to;
        this.above = above;
        this.name = "The proxy " + proxy.address().getHostString() + ":"
                + proxy.address().getPort();
    }

    @Override
    public void opened(Line opened) {
        line = opened;
        String authority = new Place(to).toString();
        Headers headers = Headers.of("Host", authority);
        Headers all = proxy.authorization()
                .map(secret -> headers.with("Proxy-Authorization", secret))
                .orElse(headers);
        opened.write(new Request("CONNECT", authority, "HTTP/1.1", all).format());
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        if (through) {
            above.received(bytes, offset, length);
            return;
        }
        try {
            if (line != null && head.receive(bytes, offset, length)) {
                answered(line, head.response());
            }
        } catch (HandshakeException e) {
            fail(Ending.handshake(name, String.valueOf(e.getMessage())));
        }
    }

    private void answered(Line open, Response response) {
        if (response.status() / 100 != 2) {
            fail(Ending.refused(name, response.status(), ""));
            return;
        }
        through = true;
        above.opened(open);
        byte[] rest = head.rest();
        if (rest.length > 0) {
            above.received(rest, 0, rest.length);
        }
    }

    private void fail(Ending why) {
        if (line != null) {
            line.close();
        }
        above.ended(why);
    }

    @Override
    public void ended(Ending why) {
        above.ended(why);
    }
}
