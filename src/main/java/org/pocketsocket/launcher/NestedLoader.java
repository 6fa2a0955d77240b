package org.pocketsocket.launcher;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Payara's classes, from the jars inside our jar. A stock loader asks three hundred jars for every name, and most names are
 * not theirs; this one knows from an {@linkplain NestedIndex index} which to ask, and unpacks and opens a jar when it is
 * asked for the first time.
 */
final class NestedLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final NestedIndex index;
    private final Path directory;
    private final Map<String, Nested> opened = new ConcurrentHashMap<>();

    /** A nested jar, as a file. */
    private record Nested(URL url, JarFile jar) {

        @Nullable
        URL find(String name) {
            JarEntry entry = jar.getJarEntry(name);
            return entry == null ? null : in(url, entry.getRealName()); // the one for this release of Java
        }
    }

    /**
     * @param directory of our own, to unpack into
     * @param parent has the nested jars as resources
     */
    NestedLoader(NestedIndex index, Path directory, ClassLoader parent) {
        super(new URL[0], parent);
        this.index = index;
        this.directory = directory;
    }

    /** The parent is not asked for what it cannot have: ten thousand times it would say no. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (index.isOnlyInside(path(name))) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
        return super.loadClass(name, resolve);
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".class";
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = path(name);
        for (String jar : index.of(path)) {
            Nested nested = opened(jar);
            JarEntry entry = nested.jar.getJarEntry(path);
            if (entry != null) {
                try {
                    return define(name, nested, entry);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        }
        throw new ClassNotFoundException(name);
    }

    private Class<?> define(String name, Nested nested, JarEntry entry) throws IOException {
        String pack = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (getDefinedPackage(pack) == null) {
            definePackage(pack, nested);
        }
        try (InputStream in = nested.jar.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, new CodeSource(nested.url, (CodeSigner[]) null));
        }
    }

    private void definePackage(String pack, Nested nested) throws IOException {
        try {
            definePackage(pack, requireNonNull(nested.jar.getManifest()), nested.url);
        } catch (IllegalArgumentException e) {
            requireNonNull(getDefinedPackage(pack)); // another thread was faster
        }
    }

    @Override
    public @Nullable URL findResource(String name) {
        return found(name).findFirst().orElse(null);
    }

    @Override
    public Enumeration<URL> findResources(String name) {
        return Collections.enumeration(found(name).toList());
    }

    private Stream<URL> found(String name) {
        return index.of(name).stream()
                .flatMap(jar -> Optional.ofNullable(opened(jar).find(name)).stream());
    }

    private Nested opened(String jar) {
        return opened.computeIfAbsent(jar, this::unpack);
    }

    private Nested unpack(String jar) {
        Path file = directory.resolve(jar.substring(jar.lastIndexOf('/') + 1));
        try (InputStream in = requireNonNull(getParent().getResourceAsStream(jar))) {
            Files.copy(in, file);
            JarFile open = new JarFile(file.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
            return new Nested(file.toUri().toURL(), open);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL in(URL jar, String name) {
        try {
            String path = new URI(null, null, "/" + name, null).getRawPath();
            return new URL("jar:" + jar + "!" + path);
        } catch (MalformedURLException | URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }
}
