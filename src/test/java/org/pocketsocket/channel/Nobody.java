package org.pocketsocket.channel;

import java.util.Collection;
import java.util.List;
import org.pocketsocket.Audience;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Member;

/** A member and a channel that only have names. */
final class Nobody implements Member, ChannelRef {

    private final String name;

    Nobody(String name) {
        this.name = name;
    }

    @Override
    public String id() {
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public Collection<Member> members() {
        return List.of();
    }

    @Override
    public Audience except(Member... members) {
        return this;
    }

    @Override
    public void send(String event, Object data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void leave() {
        throw new UnsupportedOperationException();
    }
}
