/**
 * Pocket over our own WebSocket engine, at {@code /pocket/direct}: a servlet makes the handshake and takes the connection
 * over, and {@link org.pocketsocket.frame} reads and writes its frames. Many times cheaper than the server's WebSocket.
 */
@NullMarked
package org.pocketsocket.direct;

import org.jspecify.annotations.NullMarked;
