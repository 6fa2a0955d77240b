package org.pocketsocket.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where it was measured, and how busy that was before. */
record Machine(String processor, int cores, long memoryGb, double load) {

    static Machine look() {
        return new Machine(
                line("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(line("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024.0 / 1024),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    String jdk() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, %d cores, %d GB, %s", processor, cores, memoryGb, system());
    }

    private static String line(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
