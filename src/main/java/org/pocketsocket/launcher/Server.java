package org.pocketsocket.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;

/** Our application on Payara Micro, in this process. */
final class Server {

    private static final int PATIENCE_MILLIS = 30_000;

    private Server() {}

    /** Returns when the application answers at the address; fails with the reason why it does not. */
    static void start(Address address, Application application) {
        // has to be set before the first socket of this process; Payara would say "IPv4 only" in any case
        System.getProperties().putIfAbsent("java.net.preferIPv4Stack", String.valueOf(!address.isIpv6()));
        // the CAs of the JDK that runs us: fewer and younger than Payara's, and read a good deal faster
        Path trusted = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        System.getProperties().putIfAbsent("javax.net.ssl.trustStore", trusted.toString());
        // the domain.xml inside the jar binds the listener to these
        System.setProperty("pocket.host", address.requireFree());
        System.setProperty("pocket.port", String.valueOf(address.port()));
        if (!Payara.boot(application.unpack()).contains(Application.NAME)) {
            throw new CannotStart(
                    Mistakes.orElse("Cannot start: the application was not deployed; the lines above say why."));
        }
        requireAnswer(address.url("/"));
        LogLine.showTraces();
    }

    private static void requireAnswer(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new CannotStart(Mistakes.orElse("Cannot start: the application at " + url + " answers " + status
                        + "; the lines above say why, if there are any."));
            }
        } catch (IOException e) {
            throw new CannotStart("Cannot start: " + url + " does not answer: " + e.getMessage() + ".", e);
        }
    }
}
