package org.pocketsocket.frame.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import org.pocketsocket.frame.Data;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.Message;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.frame.Rules;

/** A server that echoes, with one thread for each peer. */
public final class SampleServer implements AutoCloseable {
    private final ServerSocket door;

    public SampleServer(int port) throws IOException {
        door = new ServerSocket(port);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Lets peers in until the server is closed. */
    public void run() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                new Thread(() -> serve(socket)).start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            var peer = new BlockingPeer(socket, Rules.server());
            peer.accept();
            echo(peer);
        } catch (IOException | HandshakeException gone) {
            System.getLogger("sample").log(System.Logger.Level.DEBUG, "A peer left", gone);
        }
    }

    private static void echo(BlockingPeer peer) throws IOException {
        try {
            while (peer.nextEvent() instanceof Message message) {
                switch (message.type()) {
                    case "text" -> peer.send(Data.text(message.text()));
                    case "binary" -> peer.send(Data.binary(message.bytes()));
                    case "ping" -> peer.send(Data.pong(message.bytes()));
                    case "close" -> {
                        peer.answerClose();
                        return;
                    }
                    default -> {} // a pong
                }
            }
        } catch (ProtocolException violation) {
            peer.answerViolation(violation);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
