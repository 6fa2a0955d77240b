/**
 * The Java client: talks to Pocketsocket, or to any Socket.IO server, without a container. {@link
 * org.pocketsocket.client.PocketClient} has the browser client's words, {@link org.pocketsocket.client.SocketIo} those of
 * the old socketIO-client. Needs nothing but the JDK; payloads become classes of one's own where JSON-B is present.
 */
@NullMarked
package org.pocketsocket.client;

import org.jspecify.annotations.NullMarked;
