package org.pocketsocket.frame.sample;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;
import org.pocketsocket.frame.ClientHandshake;
import org.pocketsocket.frame.Data;
import org.pocketsocket.frame.Message;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.frame.Rules;

/** A client. Whoever calls {@link #run} reads; anyone may send meanwhile. */
public final class SampleClient implements AutoCloseable {
    private final Socket socket;
    private final BlockingPeer peer;

    public SampleClient(String uri) throws IOException {
        var handshake = ClientHandshake.to(uri);
        socket = new Socket(handshake.address().host(), handshake.address().port());
        peer = new BlockingPeer(socket, Rules.client());
        peer.open(handshake);
    }

    public void send(Data data) throws IOException {
        peer.send(data);
    }

    /** Reads until the connection is closed. */
    public void run(Consumer<String> listener) throws IOException {
        try {
            while (peer.nextEvent() instanceof Message message) {
                switch (message.type()) {
                    case "text" -> listener.accept(message.text());
                    case "binary" -> listener.accept(message.bytes().length + " bytes");
                    case "ping" -> peer.send(Data.pong(message.bytes()));
                    case "close" -> {
                        peer.answerClose();
                        return;
                    }
                    default -> {} // a pong: the connection is not pointless
                }
            }
        } catch (ProtocolException violation) {
            peer.answerViolation(violation);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
