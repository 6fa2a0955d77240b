package org.pocketsocket.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.pocketsocket.message.Parcel;

/** A world without time or network for the session machines. */
final class Fakes {

    /** Time that passes when it is told to. */
    static final class Time {

        private record Timer(long due, Runnable task) {}

        private final AtomicLong now = new AtomicLong();
        private final List<Timer> timers = new ArrayList<>();

        Beat.World world() {
            return new Beat.World(now::get, (delay, task) -> timers.add(new Timer(now.get() + delay.toNanos(), task)));
        }

        void pass(int millis) {
            long end = now.get() + Duration.ofMillis(millis).toNanos();
            while (true) {
                Timer next = timers.stream()
                        .filter(timer -> timer.due <= end)
                        .min(java.util.Comparator.comparingLong(Timer::due))
                        .orElse(null);
                if (next == null) {
                    now.set(end);
                    return;
                }
                timers.remove(next);
                now.set(Math.max(now.get(), next.due));
                next.task.run();
            }
        }
    }

    /** A poll; its answer, once there is one. */
    static class FakePoll implements Poll {

        String got = "";

        @Override
        public void answer(String body) {
            got += body;
        }

        @Override
        public void answer(byte[] body) {
            got += HexFormat.of().formatHex(body);
        }

        @Override
        public void refuse() {
            got += "400";
        }
    }

    /** A WebSocket: what was sent over it. Takes everything at once, or not before it is told to. */
    static final class FakePipe implements Pipe {

        final List<String> got = new ArrayList<>();
        boolean reads = true;
        Runnable ready = () -> {};

        @Override
        public boolean write(Parcel parcel, boolean more, Runnable whenReady) {
            parcel.texts().forEach(text -> got.addAll(Revision.split(text)));
            ready = whenReady;
            return reads;
        }

        @Override
        public void aside(String packets) {
            got.addAll(Revision.split(packets));
        }

        @Override
        public void close(int code, String reason) {
            got.add("closed");
        }
    }

    /** Sends everything back, and notes the end. */
    static final class Echo implements Talk {

        private final Engine engine;
        final List<String> ends = new ArrayList<>();

        Echo(Engine engine) {
            this.engine = engine;
        }

        @Override
        public void text(String message) {
            if (message.equals("bad")) {
                throw new BadPacket("bad");
            }
            engine.write(Parcel.of('4' + message), false, () -> {});
        }

        @Override
        public void binary(String base64) {
            engine.write(Parcel.of('b' + base64), false, () -> {});
        }

        @Override
        public void heard() {}

        @Override
        public void gone(boolean clean) {
            ends.add(clean ? "clean" : "lost");
        }
    }

    private Fakes() {}
}
