package org.pocketsocket.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocketsocket.frame.Frames.BINARY;
import static org.pocketsocket.frame.Frames.CONTINUATION;
import static org.pocketsocket.frame.Frames.FIN;
import static org.pocketsocket.frame.Frames.TEXT;
import static org.pocketsocket.frame.Wire.hex;
import static org.pocketsocket.frame.Wire.read;
import static org.pocketsocket.frame.Wire.to;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much a peer may send, and what it costs us meanwhile. */
class FrameLimitsTest {

    @ParameterizedTest
    @EnumSource
    void aFrameIsBounded(Role role) { // NW-25
        Rules rules = Rules.of(role).withLimits(new Limits(200, 300, 10));
        assertThat(read(rules, to(role, FIN | TEXT, "a".repeat(200))))
                .hasSize(1)
                .doesNotContain("violation 1009");
        assertThat(read(rules, to(role, FIN | TEXT, "a".repeat(201)))).containsExactly("violation 1009");
    }

    @ParameterizedTest
    @EnumSource
    void aMessageIsBounded(Role role) { // NW-5
        Rules rules = Rules.of(role).withLimits(new Limits(200, 300, 10));
        byte[] begin = to(role, TEXT, "a".repeat(200));
        assertThat(read(rules, begin, to(role, FIN, "b".repeat(100))))
                .hasSize(1)
                .doesNotContain("violation 1009");
        assertThat(read(rules, begin, to(role, FIN, "b".repeat(101)))).containsExactly("violation 1009");
        assertThat(read(rules, begin, to(role, FIN, "b"), begin, to(role, FIN, "b")))
                .hasSize(2);
    }

    @Test
    void anEndlessFrameIsRefusedAtItsHeader() {
        assertThat(read(Rules.client(), hex("82 7f 00 00 01 00 00 00 00 00"))).containsExactly("violation 1009");
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfEmptyFragmentsIsBounded(Role role) {
        Rules rules = Rules.of(role).withLimits(new Limits(200, 300, 3));
        byte[] empty = to(role, CONTINUATION, "");
        assertThat(read(rules, to(role, BINARY, ""), empty, to(role, FIN, "a"))).containsExactly("binary a");
        assertThat(read(rules, to(role, BINARY, ""), empty, empty, empty)).containsExactly("violation 1009");
    }

    @Test
    void aMessageMayHave65536Fragments() {
        List<byte[]> frames = new ArrayList<>(Collections.nCopies(65_534, hex("00 01 61")));
        frames.add(0, hex("01 01 61"));
        frames.add(hex("80 01 61"));
        var told = new Wire.Transcript(Rules.client(), null).feed(frames);
        assertThat(told)
                .containsExactly("text 65536 long, hash " + "a".repeat(65_536).hashCode());
    }

    @Test
    void anAnnouncedFrameTakesMemoryOnlyAsItArrives() {
        var gathered = new Assembly();
        gathered.append(new byte[1000], 0, 1000, 1_000_000_000);
        assertThat(gathered.bytes).hasSize(1000);
        gathered.append(new byte[10], 0, 10, 1_000_000_000);
        assertThat(gathered.bytes).as("in steps that grow").hasSize(2000);
        gathered.append(new byte[990], 0, 990, 1_000_000_000);
        assertThat(gathered.bytes).as("room is used before more is taken").hasSize(2000);
        gathered.append(new byte[500], 0, 500, 3000);
        assertThat(gathered.bytes).as("the end in sight").hasSize(3000);
        assertThat(Assembly.own(gathered.bytes, 0, 3000))
                .as("no copy of what fits")
                .isSameAs(gathered.bytes);
        gathered.clear();
        assertThat(gathered.bytes).isEmpty();
    }

    @Test
    void aWholeFrameCostsItsPayloadAndNothingElse() {
        byte[] frame = to(Role.SERVER, Frames.FIN | BINARY, new byte[1000]);
        byte[][] kept = new byte[1][];
        var reader = new FrameReader(Rules.server(), new Ignoring() {
            @Override
            public void binary(byte[] payload) {
                kept[0] = payload;
            }
        });
        allocatedBy(reader, frame, 2_000); // warm up
        assertThat(allocatedBy(reader, frame, 2_000) / 2_000).isBetween(1000L, 1040L);
        assertThat(kept[0]).hasSize(1000);
    }

    private static long allocatedBy(FrameReader reader, byte[] frame, int times) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            reader.read(frame, 0, frame.length);
        }
        return thread.getCurrentThreadAllocatedBytes() - before;
    }
}
