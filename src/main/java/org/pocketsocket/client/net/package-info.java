/**
 * How the client's bytes travel: one thread for all connections of a JVM, TCP, TLS, proxies, HTTP/1.1 and WebSocket, each
 * with a deadline. Everything here happens on the {@link org.pocketsocket.client.net.Loop}.
 */
@NullMarked
package org.pocketsocket.client.net;

import org.jspecify.annotations.NullMarked;
