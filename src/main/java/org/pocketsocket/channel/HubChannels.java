package org.pocketsocket.channel;

import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Channels;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.message.Json;

/** The application's way into a hub. */
public final class HubChannels implements Channels {

    private final Hub hub;
    private final Json json;

    public HubChannels(Hub hub, Json json) {
        this.hub = hub;
        this.json = json;
    }

    @Override
    public ChannelRef of(String name) {
        return hub.of(name);
    }

    @Override
    public Audience user(String name) {
        return hub.user(name);
    }

    @Override
    public void kick(String user, String reason) {
        hub.gate().kick(user, reason);
    }

    @Override
    public AutoCloseable register(String pattern, Object channel) {
        try {
            return hub.register(pattern, new Blueprint(channel.getClass(), pattern).handler(channel, json))::run;
        } catch (ChannelMistake mistake) {
            throw new IllegalArgumentException(mistake.getMessage(), mistake);
        }
    }
}
