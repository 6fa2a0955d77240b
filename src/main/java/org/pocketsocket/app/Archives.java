package org.pocketsocket.app;

import java.nio.file.Path;
import org.pocketsocket.history.Archive;
import org.pocketsocket.history.FileArchive;
import org.pocketsocket.history.MemoryArchive;
import org.pocketsocket.settings.Remembered;

/** Where what was sent is kept, as the settings say. */
final class Archives {

    private Archives() {}

    static Archive open(Remembered settings) {
        if (settings.file().isEmpty()) {
            return new MemoryArchive(settings.memory(), System::nanoTime);
        }
        Path path = Path.of(settings.file()).toAbsolutePath();
        return new FileArchive(
                new FileArchive.Where(path, settings.disk(), settings.commit()), settings.memory(), System::nanoTime);
    }
}
