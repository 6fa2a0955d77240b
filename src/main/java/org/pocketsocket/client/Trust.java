package org.pocketsocket.client;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;

/** Whom to trust. */
final class Trust {

    private Trust() {}

    static SSLContext of(ClientOptions options) {
        if (options.tls != null) {
            return options.tls;
        }
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no TLS", e);
        }
    }
}
