package org.pocketsocket.launcher;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.module.ModuleFinder;
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
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Which of the jars inside our jar have something under a path: a directory; at the root
 * and below {@code META-INF}, where nearly all have something, a file. The build
 * writes it ({@link #main}). One line for each path: the path, and the jars' names, separated by tabs. The first line has
 * the directories where the JDK and our jar itself have classes, too.
 */
public final class NestedIndex {

    /** Where it lies in our jar. */
    static final String PATH = "/nested-index";

    private static final String META = "META-INF/";
    private static final String VERSIONS = META + "versions/";

    private final Set<String> shared;
    private final Map<String, List<String>> jars;

    private NestedIndex(Set<String> shared, Map<String, List<String>> jars) {
        this.shared = shared;
        this.jars = jars;
    }

    /** Whether a class can be in these jars only. */
    boolean isOnlyInside(String entry) {
        String key = key(entry);
        return jars.containsKey(key) && !shared.contains(key);
    }

    /** Those that may have it, in the order of the class path. */
    List<String> of(String entry) {
        return jars.getOrDefault(key(entry), List.of());
    }

    static NestedIndex read(InputStream in) throws IOException {
        Map<String, List<String>> jars = new HashMap<>(1 << 14);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Set<String> shared = Set.of(requireNonNull(lines.readLine()).split("\t"));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                jars.put(line.substring(0, tab), List.of(line.substring(tab + 1).split("\t")));
            }
            return new NestedIndex(shared, jars);
        }
    }

    /**
     * Writes the index of a jar's nested jars.
     *
     * @param args the jar, and the file to write
     */
    public static void main(String[] args) throws IOException {
        Map<String, Set<String>> jars = new TreeMap<>();
        Set<String> outside = new TreeSet<>();
        try (ZipFile outer = new ZipFile(args[0])) {
            outer.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .forEach(name -> outside.add(key(name)));
            for (ZipEntry entry : outer.stream().filter(NestedIndex::isNested).toList()) {
                try (ZipInputStream inner = new ZipInputStream(outer.getInputStream(entry))) {
                    for (ZipEntry each = inner.getNextEntry(); each != null; each = inner.getNextEntry()) {
                        jars.computeIfAbsent(key(unversioned(each.getName())), key -> new LinkedHashSet<>())
                                .add(entry.getName());
                    }
                }
            }
        }
        ModuleFinder.ofSystem()
                .findAll()
                .forEach(module -> module.descriptor().packages().forEach(name -> outside.add(name.replace('.', '/'))));
        outside.retainAll(jars.keySet());
        List<String> lines = new ArrayList<>(List.of(String.join("\t", outside)));
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
