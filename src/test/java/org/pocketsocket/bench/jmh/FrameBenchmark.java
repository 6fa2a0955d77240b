package org.pocketsocket.bench.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pocketsocket.frame.FrameHandler;
import org.pocketsocket.frame.FrameReader;
import org.pocketsocket.frame.Frames;
import org.pocketsocket.frame.Rules;

/** The frame engine on a message of 113 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBenchmark {

    private final byte[] payload = CodecBenchmark.ENVELOPE.getBytes(UTF_8);
    private final byte[] masked = Frames.masked(Frames.FIN | Frames.TEXT, payload, 0x1234_5678);
    private final byte[] buffer = new byte[masked.length];
    private final Last last = new Last();
    private final FrameReader reader = new FrameReader(Rules.server(), last);
    private String text = CodecBenchmark.ENVELOPE;

    /** With the copy of the masked frame into the buffer that a socket's read would be. */
    @Benchmark
    public String readMasked() {
        System.arraycopy(masked, 0, buffer, 0, masked.length);
        reader.read(buffer, 0, buffer.length);
        return last.text;
    }

    @Benchmark
    public byte[] writeText() {
        return Frames.text(text);
    }

    private static final class Last implements FrameHandler {
        String text = "";

        @Override
        public void text(String read) {
            text = read;
        }

        @Override
        public void binary(byte[] binary) {
            // none comes
        }

        @Override
        public void ping(byte[] binary) {
            // none comes
        }

        @Override
        public void pong(byte[] binary) {
            // none comes
        }

        @Override
        public void close(int code, String reason) {
            // none comes
        }
    }
}
