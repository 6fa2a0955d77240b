package org.pocketsocket.app;

import org.pocketsocket.history.Archive;
import org.pocketsocket.history.MemoryArchive;
import org.pocketsocket.settings.Remembered;

/** Where what was sent is kept, as the settings say. */
final class Archives {

    private Archives() {}

    static Archive open(Remembered settings) {
        return new MemoryArchive(settings.memory(), System::nanoTime);
    }
}
