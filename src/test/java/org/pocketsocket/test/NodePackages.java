package org.pocketsocket.test;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the npm packages that .ci/run has installed. */
public final class NodePackages {

    private static final Path MODULES = Path.of("target/bench-node/node_modules");

    private NodePackages() {}

    /** A text of a package; where it is missing the test is skipped, but not where everything must be there. */
    public static String text(String file) throws IOException {
        Path path = MODULES.resolve(file);
        if (!Files.exists(path) && System.getenv("CI") != null) {
            throw new AssertionError(path + " is missing: .ci/run installs it");
        }
        return Files.exists(path)
                ? Files.readString(path)
                : abort("skipped: " + path + " is missing, .ci/run installs it");
    }
}
