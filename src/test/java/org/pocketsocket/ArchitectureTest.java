package org.pocketsocket;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may import whom: the table of packages. One that is not in it does not belong to the house. */
class ArchitectureTest {

    private static final String BASE = "org.pocketsocket";
    private static final String ROOT = "";
    private static final String CDI = "jakarta.enterprise jakarta.inject jakarta.interceptor";
    private static final String BEANS = CDI + " jakarta.annotation";
    private static final String CORE = "(root) message history hub security settings";

    private static final Set<String> EDGES = words("websocket direct http socketio stream admin");

    /** Values, then machines, then edges. Packages to come are in it already. */
    private static final Map<String, Rule> TABLE = Map.ofEntries(
            entry(ROOT, rule("", CDI)),
            entry("frame", rule("", "")),
            entry("message", rule("", "jakarta.json")),
            entry("settings", rule("", "com.typesafe.config")),
            entry("security", rule("(root) settings", "org.jose4j")),
            entry("history", rule("", "")),
            entry("hub", rule("(root) message history security settings", "")),
            entry("channel", rule("(root) message history hub", BEANS + " jakarta.json jakarta.validation")),
            entry("backplane.redis", rule("hub message settings", "io.lettuce redis.clients")),
            entry("backplane.hazelcast", rule("hub message settings", "com.hazelcast")),
            entry("websocket", rule(CORE, BEANS + " jakarta.websocket jakarta.servlet")),
            entry("servlet", rule("(root) hub security", "jakarta.servlet")),
            entry("grizzly", rule("hub", "jakarta.servlet org.glassfish.grizzly")),
            entry("direct", rule(CORE + " frame servlet grizzly", BEANS + " jakarta.servlet")),
            entry("http", rule(CORE + " servlet", BEANS + " jakarta.servlet")),
            entry("socketio", rule(CORE + " frame servlet direct", BEANS + " jakarta.servlet jakarta.websocket")),
            entry("stream", rule(CORE + " frame history servlet direct", BEANS + " jakarta.servlet jakarta.websocket")),
            entry("admin", rule(CORE, BEANS + " jakarta.servlet jakarta.ws.rs io.prometheus")),
            entry("client", rule("message frame client.net", "")),
            entry("client.net", rule("frame", "")),
            entry("client.terminal", rule("client", "")),
            entry(
                    "app",
                    rule(CORE + " frame channel backplane.redis backplane.hazelcast", BEANS + " jakarta.transaction")),
            entry("testing", rule(CORE + " channel", "jakarta.json")),
            entry("launcher", rule("settings", "picocli com.sun.management")),
            entry("demo", rule("(root)", CDI + " jakarta.servlet jakarta.json.bind")));

    /** Without I/O, and without threads. */
    private static final Set<String> NOT_FOR_FRAME = words("java.io java.net java.nio.channels java.util.concurrent");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(BASE);

    private record Rule(Set<String> own, Set<String> foreign) {}

    @Test
    void every_package_is_in_the_table() {
        assertThat(CLASSES)
                .isNotEmpty()
                .allSatisfy(type -> assertThat(TABLE).as(type.getName()).containsKey(room(type)));
    }

    @Test
    void packages_import_of_ours_only_what_the_table_says() {
        assertThat(dependencies()
                        .filter(arrow -> isOurs(arrow.getTargetClass()))
                        .filter(arrow -> !room(arrow.getTargetClass()).equals(room(arrow.getOriginClass())))
                        .filter(arrow -> !rule(arrow).own.contains(room(arrow.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void packages_import_of_others_only_what_the_table_says() {
        assertThat(dependencies()
                        .filter(arrow -> !isOurs(target(arrow)))
                        .filter(arrow -> !isWithin(target(arrow), words("java javax org.jspecify.annotations")))
                        .filter(arrow -> !isWithin(target(arrow), rule(arrow).foreign))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void frame_does_no_input_or_output_and_knows_no_threads() {
        assertThat(dependencies()
                        .filter(arrow -> room(arrow.getOriginClass()).equals("frame"))
                        .filter(arrow -> isWithin(target(arrow), NOT_FOR_FRAME))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void nobody_imports_an_edge_but_socketio_and_stream_may_use_directs_handler() {
        assertThat(TABLE).allSatisfy((name, rule) -> assertThat(rule.own)
                .as(name)
                .doesNotContainAnyElementsOf(words("socketio stream").contains(name) ? without("direct") : EDGES));
    }

    @Test
    void the_table_has_no_circle() {
        Set<String> done = new HashSet<>();
        while (TABLE.keySet().stream().anyMatch(name -> done.containsAll(TABLE.get(name).own) && done.add(name))) {
            // one more
        }
        assertThat(done).containsAll(TABLE.keySet());
    }

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> !target(arrow).isPrimitive());
    }

    private static JavaClass target(Dependency arrow) {
        return arrow.getTargetClass().getBaseComponentType();
    }

    private static Rule rule(Dependency arrow) {
        return TABLE.getOrDefault(room(arrow.getOriginClass()), rule("", ""));
    }

    private static boolean isOurs(JavaClass type) {
        return isWithin(type.getBaseComponentType(), Set.of(BASE));
    }

    private static boolean isWithin(JavaClass type, Set<String> packages) {
        return packages.stream().anyMatch(each -> (type.getPackageName() + ".").startsWith(each + "."));
    }

    /** A package's name in the table. */
    private static String room(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.equals(BASE) ? ROOT : name.substring(BASE.length() + 1);
    }

    private static Rule rule(String own, String foreign) {
        return new Rule(words(own), words(foreign));
    }

    private static List<String> without(String edge) {
        return EDGES.stream().filter(each -> !each.equals(edge)).toList();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.equals("(root)") ? ROOT : word)
                .collect(Collectors.toUnmodifiableSet());
    }
}
