package org.pocketsocket.channel;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Identity;
import org.pocketsocket.Member;
import org.pocketsocket.RateLimit;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.Bucket;

/** Who may call a method, and how often: no server enforces these annotations on plain beans, so this does. */
final class Guard {

    private static final String ANYBODY_KNOWN = "**";

    private final Method method;
    private final @Nullable Set<String> roles;
    private final @Nullable RateLimit limit;

    /** The buckets of one member, by method. Used in its turn only. */
    private static final class Buckets {
        private final Map<Method, Bucket> buckets = new HashMap<>();
    }

    Guard(Method method, Class<?> type) {
        this.method = method;
        this.limit = method.getAnnotation(RateLimit.class);
        this.roles = isRuled(method) ? roles(method) : roles(type);
        if (limit != null && (limit.value() < 1 || limit.seconds() < 1)) {
            throw new ChannelMistake(method, "has a @RateLimit below 1");
        }
    }

    /** The roles that it looks for. */
    Set<String> roles() {
        return roles == null ? Set.of() : roles;
    }

    void pass(Member member) {
        if (roles != null && !allows(roles, member.identity())) {
            throw member.identity().isAnonymous()
                    ? new Rejection(4401, "not_authorized", "say who you are first")
                    : new Rejection(4403, "method_access_denied", "you have none of the roles that may do this");
        }
        if (limit != null && !bucket(member, limit).take(System.nanoTime())) {
            throw new Rejection(
                    4429, "too_many", "at most " + limit.value() + " of these in " + limit.seconds() + " s, please");
        }
    }

    private static boolean allows(Set<String> roles, Identity identity) {
        return identity.roles().stream().anyMatch(roles::contains)
                || (roles.contains(ANYBODY_KNOWN) && !identity.isAnonymous());
    }

    private Bucket bucket(Member member, RateLimit rate) {
        return member.state(Buckets.class, Buckets::new)
                .buckets
                .computeIfAbsent(
                        method,
                        m -> new Bucket((double) rate.value() / rate.seconds(), rate.value(), System.nanoTime()));
    }

    private static boolean isRuled(AnnotatedElement element) {
        return element.isAnnotationPresent(DenyAll.class)
                || element.isAnnotationPresent(PermitAll.class)
                || element.isAnnotationPresent(RolesAllowed.class);
    }

    /** Null: everybody. */
    private static @Nullable Set<String> roles(AnnotatedElement element) {
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        if (allowed != null) {
            return Set.of(allowed.value());
        }
        return element.isAnnotationPresent(DenyAll.class) ? Set.of() : null;
    }
}
