package org.pocketsocket.client.net;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS between a line and who uses it. The certificate must be for the host. */
final class Tls implements Line, Line.Ear {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Ear above;
    private final String place;
    private final SSLEngine engine;
    private ByteBuffer sealed = ByteBuffer.allocate(0);
    private @Nullable Line below;
    private boolean greeted;
    private boolean over;

    Tls(SSLContext context, String host, int port, Ear above) {
        this.above = above;
        this.place = host + ":" + port;
        engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
    }

    @Override
    public void opened(Line line) {
        below = line;
        safely(() -> {
            engine.beginHandshake();
            pump();
        });
    }

    @Override
    public void received(byte[] bytes, int offset, int length) {
        ByteBuffer more = ByteBuffer.allocate(sealed.remaining() + length);
        sealed = more.put(sealed).put(bytes, offset, length).flip();
        safely(this::pump);
    }

    /** Does what the engine wants until it wants the network. */
    private void pump() throws SSLException {
        boolean moved = true;
        while (moved && !over) {
            moved = switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_TASK -> {
                    engine.getDelegatedTask().run();
                    yield true;
                }
                default -> unwrap();
            };
        }
    }

    private boolean wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(plain, out);
        if (below != null && out.position() > 0) {
            byte[] bytes = new byte[out.flip().remaining()];
            out.get(bytes);
            below.write(bytes);
        }
        greet(result);
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private boolean unwrap() throws SSLException {
        if (!sealed.hasRemaining()) {
            return false;
        }
        ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(sealed, plain);
        greet(result);
        if (plain.position() > 0) {
            above.received(plain.array(), 0, plain.position());
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && !over) {
            end(Ending.hungUp(place));
        }
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private void greet(SSLEngineResult result) {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !greeted) {
            greeted = true;
            above.opened(this);
        }
    }

    @Override
    public void write(byte[] bytes) {
        safely(() -> {
            ByteBuffer plain = ByteBuffer.wrap(bytes);
            while (plain.hasRemaining() && !over) {
                wrap(plain);
            }
        });
    }

    @Override
    public int waiting() {
        return below == null ? 0 : below.waiting();
    }

    @Override
    public void pause(boolean paused) {
        if (below != null) {
            below.pause(paused);
        }
    }

    @Override
    public void close() {
        if (over) {
            return;
        }
        over = true;
        engine.closeOutbound();
        try {
            wrap(NOTHING);
        } catch (SSLException e) {
            // there is nobody to say goodbye to
        }
        if (below != null) {
            below.close();
        }
    }

    @Override
    public void drop() {
        over = true;
        if (below != null) {
            below.drop();
        }
    }

    @Override
    public void ended(Ending why) {
        end(why);
    }

    private void safely(Step step) {
        try {
            step.run();
        } catch (SSLException e) {
            String why = e.getMessage() == null ? "" : ": " + e.getMessage();
            end(new Ending(Ending.Kind.TLS, 0, "No trusted TLS with " + place + why));
        }
    }

    private void end(Ending why) {
        if (!over) {
            over = true;
            if (below != null) {
                below.close();
            }
            above.ended(why);
        }
    }

    private interface Step {
        void run() throws SSLException;
    }
}
