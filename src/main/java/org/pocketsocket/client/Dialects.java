package org.pocketsocket.client;

import java.net.URI;
import org.pocketsocket.client.net.Place;

/** Which dialect a client speaks. */
final class Dialects {

    private Dialects() {}

    static Dialect of(URI uri, ClientOptions options) {
        Place place = Place.of(uri);
        return switch (options.dialect) {
            case POCKET -> Pocket.at(place, options.transports);
            case SOCKET_IO -> SocketIoDialect.at(place, options.transports);
            case SOCKET_IO_OLD -> OldDialect.at(place, options.transports);
        };
    }
}
