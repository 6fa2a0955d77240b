package org.pocketsocket;

/**
 * What a member may do: everything, or what is on its list. A list has names of events, and {@code join}. It starts as
 * {@link Channel#access} says. Typical: a list of {@code join} and {@code login}, which the login's handler lifts.
 */
public interface Access {

    /** Puts names on the list. Was there none, it is made, and nothing else is allowed from here on. */
    void allow(String... events);

    /**
     * Takes a name off the list.
     *
     * @throws IllegalStateException when there is no list: everything is allowed
     */
    void deny(String event);

    /** Allows everything. */
    void lift();

    /** Starts anew with the channel's list. */
    void reset();

    boolean allows(String event);
}
