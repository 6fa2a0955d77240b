package org.pocketsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API, as src/test/resources/api.txt has it: no change to it goes unseen. */
class ApiTest {

    private static final Path GOLDEN = Path.of("src/test/resources/api.txt");
    private static final Path ROOT = Path.of("target/classes/org/pocketsocket");

    @Test
    void the_public_api_is_what_the_golden_file_says() throws IOException {
        String api = describe();
        if (Boolean.getBoolean("pocket.api.update")) {
            Files.writeString(GOLDEN, api);
        }
        assertThat(api)
                .as(
                        "The public API has changed. If that is meant, run `mvn test -Dtest=ApiTest -Dpocket.api.update=true`,"
                                + " commit " + GOLDEN + ", and say so in the changelog.")
                .isEqualTo(Files.readString(GOLDEN));
    }

    private static String describe() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .map(name -> type(name.substring(0, name.length() - ".class".length())))
                    .filter(type -> isSeen(type.getModifiers()))
                    .sorted(Comparator.comparing(Class::getName))
                    .map(ApiTest::describe)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName("org.pocketsocket." + name, false, ApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String describe(Class<?> type) {
        Stream<String> members = Stream.of(
                        Arrays.stream(type.getDeclaredFields())
                                .filter(f -> isSeen(f.getModifiers()))
                                .map(ApiTest::field),
                        Arrays.stream(type.getDeclaredConstructors())
                                .filter(c -> isSeen(c.getModifiers()))
                                .map(ApiTest::constructor),
                        Arrays.stream(type.getDeclaredMethods())
                                .filter(m -> isSeen(m.getModifiers()) && !m.isSynthetic())
                                .map(ApiTest::method))
                .flatMap(each -> each)
                .sorted();
        return head(type) + members.map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static String head(Class<?> type) {
        String annotations = Arrays.stream(type.getAnnotations())
                .map(Annotation::toString)
                .sorted()
                .map(each -> each + "\n")
                .collect(Collectors.joining());
        List<AnnotatedType> parents = Stream.concat(
                        Stream.ofNullable(type.getAnnotatedSuperclass()), Arrays.stream(type.getAnnotatedInterfaces()))
                .filter(parent -> parent.getType() != Object.class)
                .toList();
        return annotations + type.toGenericString() + (parents.isEmpty() ? "" : " is " + types(parents)) + "\n";
    }

    private static String field(Field field) {
        return modifiers(field.getModifiers()) + field.getAnnotatedType() + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return modifiers(constructor.getModifiers()) + "new" + parameters(constructor);
    }

    private static String method(Method method) {
        Object value = method.getDefaultValue();
        String shown = value instanceof Object[] many ? Arrays.toString(many) : String.valueOf(value);
        String fallback = value == null ? "" : " default " + shown;
        return modifiers(method.getModifiers()) + method.getAnnotatedReturnType() + " " + method.getName()
                + parameters(method) + fallback;
    }

    private static String parameters(Executable of) {
        return "(" + types(List.of(of.getAnnotatedParameterTypes())) + ")";
    }

    private static String types(List<AnnotatedType> types) {
        return types.stream().map(AnnotatedType::toString).collect(Collectors.joining(", "));
    }

    private static String modifiers(int modifiers) {
        int shown = modifiers
                & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT);
        return shown == 0 ? "" : Modifier.toString(shown) + " ";
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }
}
