package org.pocketsocket.history;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * Records one behind the other, each with its length and a checksum. What {@link #append} has returned from is with the
 * operating system: it outlives this process, however that ends. For one thread at a time, but for {@link #force}.
 */
final class LogFile implements AutoCloseable {

    /** The length, the length with all bits turned, the checksum. */
    private static final int HEAD = 12;

    private static final int BUFFER = 256 * 1024;

    /** No channel: that would be closed when a thread is interrupted that happens to write. */
    private final RandomAccessFile file;

    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
    private long end;
    private boolean broken;

    private LogFile(RandomAccessFile file) {
        this.file = file;
    }

    static LogFile open(Path path) throws IOException {
        return new LogFile(new RandomAccessFile(path.toFile(), "rw"));
    }

    /** One that is empty. */
    static LogFile create(Path path) throws IOException {
        LogFile fresh = open(path);
        fresh.file.setLength(0);
        return fresh;
    }

    long size() {
        return end;
    }

    /**
     * Reads all records, to be called first. A last record that was not written to its end is cut off.
     *
     * @return false when something else is wrong, and what was behind that is lost
     */
    boolean read(Consumer<LogRecord> reader) throws IOException {
        long size = file.length();
        DataInputStream in = new DataInputStream(new BufferedInputStream(new FileInputStream(file.getFD()), BUFFER));
        boolean whole = true;
        while (whole && size - end >= HEAD) {
            int length = in.readInt();
            whole = length == ~in.readInt() && length >= 0;
            int checksum = in.readInt();
            if (whole && end + HEAD + length > size) {
                break; // the writer ended in the middle of it
            }
            whole = whole && take(checksum, in.readNBytes(length), reader);
            end += whole ? HEAD + length : 0;
        }
        file.setLength(end);
        return whole;
    }

    private static boolean take(int checksum, byte[] bytes, Consumer<LogRecord> reader) {
        if (checksum(bytes) != checksum) {
            return false;
        }
        LogRecord read;
        try {
            read = LogRecord.of(bytes);
        } catch (IOException e) {
            return false; // written by a later version of this
        }
        reader.accept(read);
        return true;
    }

    /** Writes one, wholly or not at all. */
    void append(LogRecord entry) throws IOException {
        write(framed(entry));
    }

    /** Writes many: they are there after {@link #spill}. */
    void gather(LogRecord entry) throws IOException {
        gathered.writeBytes(framed(entry));
        if (gathered.size() >= BUFFER) {
            spill();
        }
    }

    void spill() throws IOException {
        write(gathered.toByteArray());
        gathered.reset();
    }

    private void write(byte[] bytes) throws IOException {
        if (broken) {
            throw new IOException("an earlier failure could not be undone");
        }
        try {
            file.seek(end);
            file.write(bytes);
            end += bytes.length;
        } catch (IOException e) {
            broken = true;
            file.setLength(end);
            broken = false;
            throw e;
        }
    }

    private static byte[] framed(LogRecord entry) {
        byte[] bytes = entry.bytes();
        return ByteBuffer.allocate(HEAD + bytes.length)
                .putInt(bytes.length)
                .putInt(~bytes.length)
                .putInt(checksum(bytes))
                .put(bytes)
                .array();
    }

    /** Waits until what was written is on the disk itself. */
    void force() throws IOException {
        file.getFD().sync();
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
