package org.pocketsocket.message;

/** A payload that is JSON already: it is sent as it stands. Who makes one has seen to it that it is one JSON value. */
public record Raw(String json) {}
