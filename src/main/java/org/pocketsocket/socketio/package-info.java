/** Socket.IO for its official clients: Engine.IO 4 and 3, over polling and WebSocket, on one path. */
@NullMarked
package org.pocketsocket.socketio;

import org.jspecify.annotations.NullMarked;
