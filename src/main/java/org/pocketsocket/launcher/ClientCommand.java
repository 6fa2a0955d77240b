package org.pocketsocket.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/**
 * {@code java -jar pocketsocket.jar client ws://…}: sends and watches events. The client's jar lies in ours and has a loader
 * of its own: on the launcher's class path its classes would stand in the way of the application's.
 */
@Command(name = "client", description = "Sends and watches events: client --help shows how.")
final class ClientCommand implements Callable<Integer> {

    private static final String JAR = "/pocketsocket-client.jar";

    @Parameters(arity = "0..*", paramLabel = "arguments", description = "An address, and options.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        try (InputStream jar = ClientCommand.class.getResourceAsStream(JAR)) {
            if (jar == null) {
                throw new CannotStart("Cannot start: there is no " + JAR + " in this jar.");
            }
            Path file = Scratch.directory().resolve("client.jar");
            Files.write(file, jar.readAllBytes());
            try (URLClassLoader loader =
                    new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
                loader.loadClass("org.pocketsocket.client.terminal.Terminal")
                        .getMethod("main", String[].class)
                        .invoke(null, (Object) arguments.toArray(String[]::new));
            }
            return ExitCode.OK;
        } catch (InvocationTargetException e) {
            throw new CannotStart("The client failed: " + e.getTargetException() + ".", e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new CannotStart("Cannot start the client: " + e + ".", e);
        }
    }
}
