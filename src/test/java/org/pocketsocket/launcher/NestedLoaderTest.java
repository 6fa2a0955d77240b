package org.pocketsocket.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocketsocket.test.Eventually;

class NestedLoaderTest {

    private static final String SERVICE = "META-INF/services/some.Service";
    private static final byte[] MANIFEST =
            "Manifest-Version: 1.0\r\nMulti-Release: true\r\nImplementation-Version: 7\r\n\r\n".getBytes(UTF_8);

    @TempDir
    private Path outside;

    @TempDir
    private Path unpacked;

    private URLClassLoader outer;
    private NestedLoader loader;

    @BeforeEach
    void build() throws IOException {
        Map<String, byte[]> one = new LinkedHashMap<>();
        one.put("META-INF/MANIFEST.MF", MANIFEST);
        one.put("org/pocketsocket/test/Eventually.class", bytesOf(Eventually.class));
        one.put("org/pocketsocket/launcher/NestedLoaderTest.class", new byte[0]); // the outer jar has it, too
        one.put("javax/management/Descriptor.class", new byte[0]); // and this the JDK
        one.put("some/text with a space.txt", "plain".getBytes(UTF_8));
        one.put("META-INF/versions/11/some/young.txt", "young".getBytes(UTF_8));
        one.put(SERVICE, "first".getBytes(UTF_8));
        Map<String, byte[]> two = Map.of(SERVICE, "second".getBytes(UTF_8));
        Map<String, byte[]> three = Map.of("other/thing.txt", "other".getBytes(UTF_8));
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("MICRO-INF/runtime/one.jar", zip(one));
        all.put("MICRO-INF/lib/two.jar", zip(two));
        all.put("MICRO-INF/runtime/three.jar", zip(three));
        all.put("org/pocketsocket/launcher/NestedLoaderTest.class", bytesOf(NestedLoaderTest.class));
        Path jar = Files.write(outside.resolve("outer.jar"), zip(all));
        Path index = outside.resolve("index");
        NestedIndex.main(new String[] {jar.toString(), index.toString()});
        outer = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        try (InputStream in = Files.newInputStream(index)) {
            loader = new NestedLoader(NestedIndex.read(in), unpacked, outer);
        }
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
        outer.close();
    }

    private static byte[] bytesOf(Class<?> type) throws IOException {
        try (InputStream in = requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            return in.readAllBytes();
        }
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> unpacked() throws IOException {
        try (Stream<Path> files = Files.list(unpacked)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_the_parent_has_too_is_the_parents() throws Exception {
        Class<?> type = loader.loadClass("org.pocketsocket.launcher.NestedLoaderTest");
        assertThat(type.getClassLoader()).isSameAs(outer);
        assertThat(loader.loadClass("javax.management.Descriptor")).isSameAs(javax.management.Descriptor.class);
    }

    @Test
    void finds_a_class_with_its_package_and_where_it_comes_from() throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(Eventually.class.getName());
        assertThat(type).isNotSameAs(Eventually.class);
        assertThat(type.getClassLoader()).isSameAs(loader);
        assertThat(type.getPackage().getImplementationVersion()).isEqualTo("7");
        assertThat(type.getProtectionDomain().getCodeSource().getLocation())
                .hasPath(unpacked.resolve("one.jar").toString());
        assertThat(loader.loadClass(Eventually.class.getName())).isSameAs(type);
    }

    @Test
    void finds_resources_in_the_order_of_the_jars() throws IOException {
        assertThat(Collections.list(loader.getResources(SERVICE)))
                .extracting(NestedLoaderTest::text)
                .containsExactly("first", "second");
        assertThat(text(requireNonNull(loader.getResource("some/text with a space.txt"))))
                .isEqualTo("plain");
        assertThat(text(requireNonNull(loader.getResource("some/young.txt")))).isEqualTo("young");
    }

    @Test
    void unpacks_a_jar_when_it_is_asked_for_the_first_time_and_none_for_what_is_nowhere() throws IOException {
        assertThatThrownBy(() -> loader.loadClass("org.nowhere.Thing")).isInstanceOf(ClassNotFoundException.class);
        assertThat(loader.getResource("META-INF/nothing")).isNull();
        assertThat(loader.getResource("LICENSE")).isNull();
        assertThat(unpacked()).isEmpty();
        assertThat(loader.getResource("other/nothing.txt")).isNull();
        assertThat(unpacked()).containsExactly("three.jar");
        assertThat(loader.getResource("some/text with a space.txt")).isNotNull();
        assertThat(unpacked()).containsExactly("one.jar", "three.jar");
    }
}
