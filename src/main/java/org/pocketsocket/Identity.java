package org.pocketsocket;

import java.util.Set;

/**
 * Who a peer is: what the container knew of the request that opened the connection, or what the application said since.
 *
 * @param name empty for nobody in particular
 * @param roles what {@code @RolesAllowed} asks for
 */
public record Identity(String name, Set<String> roles) {

    /** Nobody in particular. */
    public static final Identity ANONYMOUS = new Identity("", Set.of());

    public Identity {
        roles = Set.copyOf(roles);
    }

    public static Identity of(String name, String... roles) {
        return new Identity(name, Set.of(roles));
    }

    public boolean isAnonymous() {
        return name.isEmpty();
    }
}
