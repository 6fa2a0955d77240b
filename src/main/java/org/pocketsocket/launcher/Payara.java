package org.pocketsocket.launcher;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Payara Micro's own launcher, by reflection: it is beside us in the jar but not among our dependencies. */
final class Payara {

    private static final String LAUNCHER = "fish.payara.micro.boot.PayaraMicroLauncher";
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
    static Collection<?> boot(int port, Path war) {
        // its shutdown hook turns every level on for a farewell; a filter of the logger outlives that
        LOGGER.setFilter(record -> record.getLevel().intValue() >= Level.SEVERE.intValue());
        String[] arguments = {
            "--port", String.valueOf(port), "--deploy", war.toString(), "--nohazelcast", "--disablephonehome"
        };
        try {
            Object boot =
                    Class.forName(LAUNCHER).getMethod("create", String[].class).invoke(null, (Object) arguments);
            Object runtime = Class.forName(BOOT).getMethod("getRuntime").invoke(boot);
            return (Collection<?>) Class.forName(RUNTIME)
                    .getMethod("getDeployedApplicationNames")
                    .invoke(runtime);
        } catch (InvocationTargetException e) {
            throw new CannotStart("Cannot start: " + LogLine.root(e), e);
        } catch (ReflectiveOperationException e) {
            throw new CannotStart("Cannot start: Payara Micro is not in this jar (" + e + ").", e);
        }
    }
}
