package org.pocketsocket.frame.sample;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import org.pocketsocket.frame.Agreement;
import org.pocketsocket.frame.ClientHandshake;
import org.pocketsocket.frame.Connection;
import org.pocketsocket.frame.Data;
import org.pocketsocket.frame.Event;
import org.pocketsocket.frame.HandshakeException;
import org.pocketsocket.frame.HeadReader;
import org.pocketsocket.frame.Headers;
import org.pocketsocket.frame.ProtocolException;
import org.pocketsocket.frame.Rules;
import org.pocketsocket.frame.ServerHandshake;

/** One end of a connection over a blocking socket: one thread reads, any thread sends. */
public final class BlockingPeer {
    private final Socket socket;
    private final Connection connection;
    private final byte[] buffer = new byte[2048];

    public BlockingPeer(Socket socket, Rules rules) {
        this.socket = socket;
        this.connection = new Connection(rules);
    }

    public void send(Data data) throws IOException {
        synchronized (connection) {
            socket.getOutputStream().write(connection.send(data));
        }
    }

    /** The next message, or SEND_CLOSE. */
    public Event nextEvent() throws IOException {
        while (true) {
            synchronized (connection) {
                Event event = connection.next();
                if (event != Event.Information.NEED_DATA) {
                    return event;
                }
            }
            int count = read();
            synchronized (connection) {
                connection.receive(buffer, 0, count);
            }
        }
    }

    private int read() throws IOException {
        int count = socket.getInputStream().read(buffer);
        if (count < 0) {
            throw new EOFException("The peer is gone without a close");
        }
        return count;
    }

    /** Answers the peer's close, unless ours was first. */
    public void answerClose() throws IOException {
        if (connection.state() == Connection.State.CLOSING) {
            send(Data.close());
        }
    }

    /** Tells the peer what it did wrong. */
    public void answerViolation(ProtocolException violation) throws IOException {
        if (connection.state() != Connection.State.CLOSED) {
            send(Data.close(violation.code(), violation.getMessage()));
        }
    }

    /** The client's opening handshake. */
    public void open(ClientHandshake handshake) throws IOException {
        socket.getOutputStream().write(handshake.request().format());
        HeadReader head = readHead();
        if (handshake.verify(head.response()).isEmpty()) {
            throw new IOException("Refused with status " + head.response().status());
        }
        connection.receive(head.rest());
    }

    /** The server's opening handshake. */
    public void accept() throws IOException {
        try {
            HeadReader head = readHead();
            var offer = ServerHandshake.verify(head.request());
            var response = ServerHandshake.response(offer, Agreement.PLAIN, Headers.NONE);
            socket.getOutputStream().write(response.format());
            connection.receive(head.rest());
        } catch (HandshakeException refused) {
            socket.getOutputStream().write(refused.answer().format());
            throw refused;
        }
    }

    private HeadReader readHead() throws IOException {
        var head = new HeadReader();
        while (!head.receive(buffer, 0, read())) {
            // the rest is on its way
        }
        return head;
    }
}
