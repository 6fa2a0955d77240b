package org.pocketsocket.bench.jmh;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.pocketsocket.message.Incoming;
import org.pocketsocket.message.Outgoing;
import org.pocketsocket.message.PocketCodec;
import org.pocketsocket.message.WireLimits;

/** The pocket codec on an envelope of 113 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    static final String ENVELOPE = "{\"id\":\"0.lchkqdo\",\"message\":\"echo.say\",\"data\":{\"text\":"
            + "\"The quick brown fox jumps over the lazy dog, and again\"}}";

    private final PocketCodec codec = new PocketCodec(WireLimits.DEFAULT);
    private final Instant now = Instant.now();
    private String text = ENVELOPE;
    private String data = "{\"text\":\"The quick brown fox jumps over the lazy dog, again & again.....\"}";
    private Incoming message = codec.decode(ENVELOPE);

    @Benchmark
    public Incoming decode() {
        return codec.decode(text);
    }

    @Benchmark
    public String encodeEvent() {
        return codec.encode(new Outgoing.Event(null, "echo", "heard", data));
    }

    @Benchmark
    public String encodeReceipt() {
        return codec.encode(new Outgoing.Reply(message, data, now));
    }
}
