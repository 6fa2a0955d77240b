package org.pocketsocket.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Which of the jars inside our jar have something under a path: a directory; at the root
 * and below {@code META-INF}, where nearly all have something, a file. The build
 * writes it ({@link #main}). One line for each path: the path, and the jars' names, separated by tabs.
 */
public final class NestedIndex {

    /** Where it lies in our jar. */
    static final String PATH = "/nested-index";

    private static final String META = "META-INF/";
    private static final String VERSIONS = META + "versions/";

    private final Map<String, List<String>> jars;

    private NestedIndex(Map<String, List<String>> jars) {
        this.jars = jars;
    }

    /** Those that may have it, in the order of the class path. */
    List<String> of(String entry) {
        return jars.getOrDefault(key(entry), List.of());
    }

    static NestedIndex read(InputStream in) throws IOException {
        Map<String, List<String>> jars = new HashMap<>(1 << 14);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                jars.put(line.substring(0, tab), List.of(line.substring(tab + 1).split("\t")));
            }
        }
        return new NestedIndex(jars);
    }

    /**
     * Writes the index of a jar's nested jars.
     *
     * @param args the jar, and the file to write
     */
    public static void main(String[] args) throws IOException {
        Map<String, Set<String>> jars = new TreeMap<>();
        try (ZipFile outer = new ZipFile(args[0])) {
            for (ZipEntry entry : outer.stream().filter(NestedIndex::isNested).toList()) {
                try (ZipInputStream inner = new ZipInputStream(outer.getInputStream(entry))) {
                    for (ZipEntry each = inner.getNextEntry(); each != null; each = inner.getNextEntry()) {
                        jars.computeIfAbsent(key(unversioned(each.getName())), key -> new LinkedHashSet<>())
                                .add(entry.getName());
                    }
                }
            }
        }
        List<String> lines = new ArrayList<>();
        jars.forEach((path, names) -> lines.add(path + "\t" + String.join("\t", names)));
        Files.write(Path.of(args[1]), lines);
    }

    private static boolean isNested(ZipEntry entry) {
        return entry.getName().startsWith("MICRO-INF/") && entry.getName().endsWith(".jar");
    }

    /** A multi-release jar finds it under its plain name. */
    private static String unversioned(String entry) {
        return entry.startsWith(VERSIONS) ? entry.substring(entry.indexOf('/', VERSIONS.length()) + 1) : entry;
    }

    private static String key(String entry) {
        String path = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        int slash = path.lastIndexOf('/');
        return slash < 0 || path.startsWith(META) ? path : path.substring(0, slash);
    }
}
