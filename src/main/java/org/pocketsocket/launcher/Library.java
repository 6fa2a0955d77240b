package org.pocketsocket.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What lies in the WAR, without a server: its classes are in a loader of their own, as on a server, and are called by
 * reflection. On the launcher's own class path they would stand in the way of the application's.
 */
final class Library {

    private Library() {}

    /**
     * A token, as {@code org.pocketsocket.security.Mint} makes it.
     *
     * @throws CannotStart with a sentence, when it cannot
     */
    static String token(Map<String, Object> claims, Duration lifetime, String key) {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> unpacked = Files.list(new Application(List.of()).unpackLibraries())) {
            for (Path jar : unpacked.toList()) {
                jars.add(jar.toUri().toURL());
            }
            try (URLClassLoader loader =
                    new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
                return (String) loader.loadClass("org.pocketsocket.security.Mint")
                        .getMethod("token", Map.class, Duration.class, String.class)
                        .invoke(null, claims, lifetime, key);
            }
        } catch (InvocationTargetException e) {
            throw CannotStart.asTyped(
                    "Cannot make a token: " + e.getTargetException().getMessage() + ".");
        } catch (IOException | ReflectiveOperationException e) {
            throw new CannotStart("Cannot make a token: " + e + ".", e);
        }
    }
}
