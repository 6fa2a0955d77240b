package org.pocketsocket.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pocketsocket.test.Packed;

/** The channel {@code bare}: a handler in the hub that says back what it hears as it came, without a bean. */
final class BareChannel {

    static final String NAME = "bare";

    private static final String SOURCE = """
            import jakarta.enterprise.context.ApplicationScoped;
            import jakarta.enterprise.context.Initialized;
            import jakarta.enterprise.event.Observes;
            import org.pocketsocket.OnLeave;
            import org.pocketsocket.hub.ChannelHandler;
            import org.pocketsocket.hub.Hub;

            @ApplicationScoped
            public class Bare implements ChannelHandler {

                void start(@Observes @Initialized(ApplicationScoped.class) Object event, Hub hub) {
                    hub.register("bare", this);
                }

                @Override
                public Object join(Call call) {
                    return null;
                }

                @Override
                public Object event(Call call) {
                    return call.envelope().data();
                }

                @Override
                public void leave(Call call, OnLeave.Reason reason) {}
            }
            """;

    private BareChannel() {}

    /** A jar for {@code --channels}. */
    static Path jar() {
        try {
            Path temp = Files.createTempDirectory("bare");
            List<Path> path = new ArrayList<>(Packed.jars("jakarta.", "jspecify"));
            path.add(Path.of("target/pocketsocket-classes.jar"));
            return Packed.archive(temp.resolve("bare.jar"), Map.of("", Packed.compile("Bare", SOURCE, path, temp)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
