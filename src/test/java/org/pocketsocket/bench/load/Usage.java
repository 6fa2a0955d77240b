package org.pocketsocket.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process and its descendants have used so far, as Linux accounts for it.
 *
 * @param cpuMicros of all threads, in user and kernel mode; in steps of 10 ms
 * @param residentKb memory that is in RAM
 */
public record Usage(long cpuMicros, long residentKb) {

    private static final long MICROS_PER_TICK = 10_000; // USER_HZ is 100 on every Linux that Java runs on
    private static final int UTIME = 11; // fields behind the command's name, proc(5)
    private static final int STIME = 12;

    public static Usage of(long pid) {
        long[] family = ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(ProcessHandle::pid)
                .toArray();
        return new Usage(
                LongStream.of(family).map(Usage::cpu).sum(),
                LongStream.of(family).map(Usage::resident).sum());
    }

    private static long cpu(long pid) {
        return lines(pid, "stat").stream()
                .map(line -> line.substring(line.lastIndexOf(')') + 2).split(" "))
                .mapToLong(fields -> (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MICROS_PER_TICK)
                .sum();
    }

    private static long resident(long pid) {
        return lines(pid, "status").stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static List<String> lines(long pid, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            return List.of(); // it has just ended
        }
    }
}
