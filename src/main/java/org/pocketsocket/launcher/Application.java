package org.pocketsocket.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** What is deployed: the WAR inside our jar, and the jars with channels that somebody brings along. */
final class Application {

    private static final String WAR = "/pocketsocket.war";

    /** Payara names an application by its file, and serves ROOT at the context path "/". */
    static final String NAME = "ROOT";

    private final List<Path> channels;

    Application(List<Path> channels) {
        this.channels = List.copyOf(channels);
        this.channels.forEach(Application::requireJar);
    }

    /** Its WAR as a file. */
    Path unpack() {
        try (InputStream war = Application.class.getResourceAsStream(WAR)) {
            if (war == null) {
                throw new CannotStart("Cannot start: there is no " + WAR + " in this jar.");
            }
            Path directory = Scratch.directory();
            Path file = directory.resolve(NAME + ".war");
            Files.copy(war, file);
            addChannels(file);
            return file;
        } catch (IOException e) {
            throw new CannotStart("Cannot start: the application cannot be unpacked: " + e + ".", e);
        }
    }

    /** The jars in its WAR, in a directory. */
    Path unpackLibraries() {
        Path war = unpack();
        try (FileSystem inside = FileSystems.newFileSystem(war);
                Stream<Path> jars = Files.list(inside.getPath("WEB-INF", "lib"))) {
            Path directory = Scratch.directory();
            for (Path jar : jars.toList()) {
                Files.copy(jar, directory.resolve(jar.getFileName().toString()));
            }
            return directory;
        } catch (IOException e) {
            throw new CannotStart("Cannot start: the application cannot be unpacked: " + e + ".", e);
        }
    }

    private void addChannels(Path war) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(war)) {
            Path libraries = inside.getPath("WEB-INF", "lib");
            for (int i = 0; i < channels.size(); i++) {
                Path jar = channels.get(i);
                // numbered, since two may have the same name
                Files.copy(jar, libraries.resolve("channels-" + (i + 1) + "-" + jar.getFileName()));
            }
        }
    }

    private static void requireJar(Path jar) {
        if (!Files.exists(jar)) {
            throw CannotStart.asTyped("Cannot bring channels from " + jar + ": there is no such file.");
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.size();
        } catch (IOException e) {
            throw CannotStart.asTyped("Cannot bring channels from " + jar + ": it is not a jar.");
        }
    }
}
