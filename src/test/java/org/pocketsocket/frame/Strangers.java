package org.pocketsocket.frame;

import java.net.InetSocketAddress;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.server.WebSocketServer;

/** Peers that others wrote. */
final class Strangers {
    private Strangers() {}

    static final class Listener implements WebSocket.Listener {
        final BlockingQueue<String> told = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private int bytes;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                told.add(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            bytes += data.remaining();
            if (last) {
                told.add(bytes + " bytes");
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            told.add("pong " + message.remaining());
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            told.add("close " + code + reason);
            return null;
        }
    }

    static final class TheirServer extends WebSocketServer {
        final CompletableFuture<Boolean> started = new CompletableFuture<>();

        TheirServer() {
            super(new InetSocketAddress("localhost", 0), 1, List.of(new Draft_6455(new PerMessageDeflateExtension())));
        }

        @Override
        public void onOpen(
                org.java_websocket.WebSocket socket, org.java_websocket.handshake.ClientHandshake handshake) {}

        @Override
        public void onClose(org.java_websocket.WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onMessage(org.java_websocket.WebSocket socket, String message) {
            socket.send(message);
        }

        @Override
        public void onMessage(org.java_websocket.WebSocket socket, ByteBuffer message) {
            socket.send(message);
        }

        @Override
        public void onError(org.java_websocket.WebSocket socket, Exception failure) {
            started.completeExceptionally(failure);
        }

        @Override
        public void onStart() {
            started.complete(true);
        }
    }
}
