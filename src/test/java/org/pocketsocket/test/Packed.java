package org.pocketsocket.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What an application team's build does, without one: compiles sources, and packs what comes out. */
public final class Packed {

    private Packed() {}

    /** The jars this test runs with, of these kinds: {@code jakarta.}, say. */
    public static List<Path> jars(String... prefixes) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> Arrays.stream(prefixes)
                        .anyMatch(prefix -> path.getFileName().toString().startsWith(prefix)))
                .toList();
    }

    /** Compiles all Java files below a directory; fails with what the compiler says. */
    public static Path compile(Path sources, List<Path> classPath, Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        java.io.StringWriter complaints = new java.io.StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of("-d", target.toString(), "-cp", path, "--release", "17", "-proc:none"),
                            null,
                            files.getJavaFileObjectsFromPaths(javaFiles(sources)))
                    .call();
            assertThat(done).as(complaints.toString()).isTrue();
        }
        return target;
    }

    /** Writes text to a Java file, and compiles it. */
    public static Path compile(String name, String text, List<Path> classPath, Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Files.writeString(sources.resolve(name + ".java"), text);
        return compile(sources, classPath, Files.createDirectories(directory.resolve("classes")));
    }

    /** A jar or WAR of files and directories, by where they are to lie in it. */
    public static Path archive(Path archive, Map<String, Path> contents) throws IOException {
        return add(archive, contents, Map.of("create", "true"));
    }

    /** Puts more into a jar or WAR. */
    public static Path add(Path archive, Map<String, Path> contents) throws IOException {
        return add(archive, contents, Map.of());
    }

    private static Path add(Path archive, Map<String, Path> contents, Map<String, ?> how) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(archive, how)) {
            for (Map.Entry<String, Path> each : contents.entrySet()) {
                copy(each.getValue(), inside.getPath("/" + each.getKey()));
            }
        }
        return archive;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static List<Path> javaFiles(Path sources) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
