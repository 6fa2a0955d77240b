package org.pocketsocket.hub;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pocketsocket.message.Json;
import org.pocketsocket.settings.Settings;

/**
 * What every channel shares.
 *
 * @param timer runs a task later, on a thread that may wait
 */
record Outlet(
        Settings settings,
        Json json,
        Outside outside,
        Lanes lanes,
        Asking asking,
        Jobs.Workers workers,
        Function<String, LiveChannel> finder,
        Consumer<LiveChannel> release,
        Users users,
        Journal journal,
        Once<Boolean> once,
        BiConsumer<Duration, Runnable> timer) {

    ChannelHandle handle(String name) {
        return new ChannelHandle(name, finder);
    }
}
