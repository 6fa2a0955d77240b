package org.pocketsocket.launcher;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Payara Micro, by reflection: it is beside us in the jar but not among our dependencies. */
final class Payara {

    private static final String SERVER = "fish.payara.micro.impl.PayaraMicroImpl";
    private static final String LOADER = "fish.payara.micro.boot.loader.OpenURLClassLoader";
    private static final String BOOT = "fish.payara.micro.boot.PayaraMicroBoot";
    private static final String RUNTIME = "fish.payara.micro.PayaraMicroRuntime";

    // held, since the log manager holds loggers weakly
    private static final Logger LOGGER = Logger.getLogger("PayaraMicro");

    private Payara() {}

    /**
     * Starts the server and deploys this WAR.
     *
     * @return the names of the deployed applications: Payara returns normally, too, when one failed
     */
    static Collection<?> boot(Path war) {
        // its shutdown hook turns every level on for a farewell; a filter of the logger outlives that
        LOGGER.setFilter(record -> record.getLevel().intValue() >= Level.SEVERE.intValue());
        String[] arguments = {"--deploy", war.toString(), "--nohazelcast", "--disablephonehome"};
        try {
            ClassLoader loader = loader();
            Thread.currentThread().setContextClassLoader(loader);
            Object boot =
                    loader.loadClass(SERVER).getMethod("create", String[].class).invoke(null, (Object) arguments);
            Object runtime = Class.forName(BOOT).getMethod("getRuntime").invoke(boot);
            return (Collection<?>) Class.forName(RUNTIME)
                    .getMethod("getDeployedApplicationNames")
                    .invoke(runtime);
        } catch (InvocationTargetException e) {
            throw new CannotStart("Cannot start: " + LogLine.root(e), e);
        } catch (IOException e) {
            throw new CannotStart("Cannot start: Payara Micro cannot be unpacked: " + e + ".", e);
        } catch (ReflectiveOperationException e) {
            throw new CannotStart("Cannot start: Payara Micro is not in this jar (" + e + ").", e);
        }
    }

    /** In place of Payara's own launcher and its loader: {@link NestedLoader} says why. */
    private static ClassLoader loader() throws IOException, ReflectiveOperationException {
        URI jar = URI.create(
                Payara.class.getProtectionDomain().getCodeSource().getLocation().toString());
        Path directory = Scratch.directory();
        // where it looks for its domain, and where it puts its working directory
        System.setProperty("fish.payara.micro.BootJar", jar.toString());
        System.setProperty("fish.payara.micro.tmpdir", directory.toString());
        System.setProperty("fish.payara.micro.UnpackDir", directory.toString());
        // services one after the other: no slower, and in parallel HK2 fails now and then with a
        // ConcurrentModificationException (SystemDescriptor changes a list that another thread walks)
        System.getProperties().putIfAbsent("org.glassfish.startupThreadPolicy", "USE_NO_THREADS");
        try (InputStream index = requireNonNull(Payara.class.getResourceAsStream(NestedIndex.PATH))) {
            ClassLoader nested =
                    new NestedLoader(NestedIndex.read(index), directory, ClassLoader.getSystemClassLoader());
            // by this class of its context loader it knows that it runs out of one jar
            return Class.forName(LOADER)
                    .asSubclass(ClassLoader.class)
                    .getConstructor(URL[].class, ClassLoader.class)
                    .newInstance(new URL[0], nested);
        }
    }
}
