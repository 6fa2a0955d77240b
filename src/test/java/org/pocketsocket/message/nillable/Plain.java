package org.pocketsocket.message.nillable;

/** Says nothing of itself. */
public record Plain(String text) {}
