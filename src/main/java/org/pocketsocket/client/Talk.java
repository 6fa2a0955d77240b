package org.pocketsocket.client;

/** One conversation in one dialect over one pipe; on the loop only. */
interface Talk {

    /** The pipe is open: says hello, where the dialect has one. */
    void start();

    void say(Say what);

    void text(String text);

    void binary(byte[] bytes);
}
