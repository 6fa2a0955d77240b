/** Pocket over the server's own WebSocket, at {@code /pocket}. Works the same way on every Jakarta EE 10 server. */
@NullMarked
package org.pocketsocket.websocket;

import org.jspecify.annotations.NullMarked;
