package org.pocketsocket.frame;

/** A handler that has seen it all. */
class Ignoring implements FrameHandler {
    @Override
    public void text(String text) {}

    @Override
    public void binary(byte[] payload) {}

    @Override
    public void ping(byte[] payload) {}

    @Override
    public void pong(byte[] payload) {}

    @Override
    public void close(int code, String reason) {}
}
