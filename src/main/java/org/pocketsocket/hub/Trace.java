package org.pocketsocket.hub;

/** Watches the traffic, payloads and all. Called from any thread; must neither block nor throw. */
public interface Trace {

    Trace NONE = new Trace() {};

    default void connected(Caller who) {}

    default void disconnected(Caller who) {}

    default void received(Caller from, String text) {}

    default void sent(Caller to, String text) {}
}
