/** Pocket without a WebSocket: {@code /pocket/poll}, long-polling, and {@code /pocket/events}, Server-Sent Events. */
@NullMarked
package org.pocketsocket.http;

import org.jspecify.annotations.NullMarked;
