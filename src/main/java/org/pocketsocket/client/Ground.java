package org.pocketsocket.client;

import org.pocketsocket.client.net.Cookies;
import org.pocketsocket.client.net.Loop;
import org.pocketsocket.client.net.Route;

/** What all of one client stands on. */
record Ground(Loop loop, Serial serial, ClientOptions options, Dialect dialect, Route route, Cookies cookies) {

    static Ground of(Loop loop, Serial serial, ClientOptions options, Dialect dialect) {
        Route route = new Route(
                loop, options.headers, options.proxy, Trust.of(options), options.connectTimeout, options.messageLimit);
        Cookies cookies = new Cookies();
        options.cookies.forEach(cookies::set);
        return new Ground(loop, serial, options, dialect, route, cookies);
    }
}
