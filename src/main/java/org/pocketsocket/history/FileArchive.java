package org.pocketsocket.history;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events in memory, as {@link MemoryArchive} does, and writes them to a file before anybody gets them: from that they
 * are read again when the server starts. So after a crash of the server nothing is lost that anybody has seen, and places
 * stay good. After a crash of the machine that is not sure: then all streams begin a new epoch.
 */
public final class FileArchive implements Archive {

    private static final Logger LOG = Logger.getLogger(FileArchive.class.getName());

    private final MemoryArchive memory;
    private final Where where;
    private final LongSupplier clock;
    private final FileChannel lock;
    private final Thread syncing;
    private LogFile log;
    private long full;
    private boolean dirty;
    private boolean closed;

    /**
     * Where events are written to.
     *
     * @param disk bytes that the file may have, more or less; while it is rewritten there are two
     * @param sync how long what was written may wait before it is on the disk itself
     */
    public record Where(Path path, long disk, Duration sync) {}

    /**
     * Opens the file, or makes it.
     *
     * @param memory bytes, see {@link MemoryArchive}
     * @param clock nanoseconds
     * @throws IllegalStateException when it cannot be read or written, or another server uses it
     */
    public FileArchive(Where where, long memory, LongSupplier clock) {
        this.where = where;
        this.clock = clock;
        this.memory = new MemoryArchive(memory, clock);
        try {
            this.lock = lock(sibling(".lock"));
            this.log = LogFile.open(where.path);
            restore();
        } catch (IOException e) {
            throw failed("read", e);
        }
        this.syncing = new Thread(this::sync, "pocket-history");
        syncing.setDaemon(true);
        syncing.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        syncing.start();
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = file.tryLock();
        } catch (OverlappingFileLockException e) {
            // by ourselves
        }
        if (held == null) {
            file.close();
            throw new IOException("another server uses it");
        }
        return file;
    }

    private Path sibling(String suffix) {
        return where.path.resolveSibling(where.path.getFileName() + suffix);
    }

    private IllegalStateException failed(String what, IOException cause) {
        return new IllegalStateException(
                "the history in " + where.path + " cannot be " + what + ": " + cause.getMessage(), cause);
    }

    @Override
    public synchronized Place append(StreamName stream, Terms terms, Draft draft) {
        if (!closed) {
            write(new LogRecord.Sent(
                    stream,
                    memory.next(stream),
                    terms.size(),
                    System.currentTimeMillis(),
                    draft.event(),
                    draft.data()));
        }
        return memory.append(stream, terms, draft);
    }

    @Override
    public synchronized Page read(StreamName stream, Terms terms, Range range) {
        boolean known = memory.knows(stream);
        Page page = memory.read(stream, terms, range);
        if (!known && !closed) {
            write(new LogRecord.End(stream, page.end()));
        }
        return page;
    }

    private void write(LogRecord entry) {
        try {
            log.append(entry);
            dirty = true;
            if (log.size() > full) {
                compact();
            }
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    // ---- starting and ending

    private void restore() throws IOException {
        long millis = System.currentTimeMillis();
        long nanos = clock.getAsLong();
        @Nullable LogRecord[] mark = new @Nullable LogRecord[1];
        boolean whole = log.read(entry -> {
            if (entry instanceof LogRecord.Sent sent) {
                long at = nanos - Duration.ofMillis(millis - sent.at()).toNanos();
                Draft draft = new Draft(sent.event(), sent.data(), Set.of());
                memory.restore(sent.stream(), sent.place(), new MemoryArchive.Restored(draft, sent.size(), at));
            } else if (entry instanceof LogRecord.End end) {
                memory.restore(end.stream(), end.place());
            } else {
                mark[0] = entry;
            }
        });
        if (!whole || !isSafe(mark[0])) {
            LOG.warning(() -> "The history in " + where.path + " may have lost its end: it begins a new epoch");
            memory.renew();
        }
        compact();
    }

    /** Whether all that was written before is sure to be there. */
    private static boolean isSafe(@Nullable LogRecord last) {
        String boot = boot();
        return !(last instanceof LogRecord.Opened opened) || (opened.boot().equals(boot) && !boot.isEmpty());
    }

    /** Names the run of the operating system: what was handed to it is there as long as it is the same. */
    private static String boot() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException | SecurityException e) {
            return ""; // only Linux tells
        }
    }

    /** Writes all that is still kept to a new file, which takes the place of the old one. */
    private void compact() throws IOException {
        Path fresh = sibling(".new");
        LogFile next = LogFile.create(fresh);
        try {
            next.gather(new LogRecord.Opened(boot()));
            long zero = System.currentTimeMillis() - clock.getAsLong() / 1_000_000;
            memory.each((stream, end, events) -> {
                for (Ring.Timed each : events) {
                    next.gather(kept(stream, end, each, new Kind(events.size(), zero)));
                }
                next.gather(new LogRecord.End(stream, end));
            });
            next.spill();
            next.force();
            Files.move(fresh, where.path, ATOMIC_MOVE, REPLACE_EXISTING);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        log.close();
        log = next;
        full = Math.max(where.disk / 2, 2 * log.size());
    }

    private record Kind(int size, long zero) {}

    private static LogRecord kept(StreamName stream, Place end, Ring.Timed timed, Kind kind) {
        Place place = new Place(end.epoch(), timed.event().offset());
        long at = kind.zero + timed.at() / 1_000_000;
        return new LogRecord.Sent(
                stream,
                place,
                kind.size,
                at,
                timed.event().event(),
                timed.event().data());
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        try (lock;
                LogFile last = log) {
            last.append(new LogRecord.Closed());
            last.force();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The history's file could not be closed", e);
        }
    }

    // ---- the disk itself

    private void sync() {
        LogFile written = awaitWritten();
        while (written != null) {
            try {
                written.force();
            } catch (IOException e) {
                LOG.log(Level.FINE, "Another file has taken its place", e);
            }
            written = awaitWritten();
        }
    }

    /** What was written to, after a while; null at the end. */
    private synchronized @Nullable LogFile awaitWritten() {
        try {
            do {
                wait(where.sync.toMillis());
            } while (!dirty && !closed);
        } catch (InterruptedException e) {
            return null; // whoever interrupts our thread wants it to end
        }
        dirty = false;
        return closed ? null : log;
    }
}
