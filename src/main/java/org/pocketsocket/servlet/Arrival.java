package org.pocketsocket.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.Handshake;
import org.pocketsocket.Identity;
import org.pocketsocket.hub.Cable;
import org.pocketsocket.security.Origins;
import org.pocketsocket.security.Token;

/** A request that wants to begin a conversation: who it is from, and whether it may. */
public record Arrival(HttpServletRequest request) {

    private static final int MOST_PARAMETERS = 100;

    /** The header that may bring a token. */
    public @Nullable String authorization() {
        return request.getHeader("Authorization");
    }

    /**
     * All that it tells of who calls.
     *
     * @param roles that are asked for: the container tells of no others
     * @param token that was in its header: then this says who it is, and nobody else reads it
     */
    public Handshake handshake(Set<String> roles, Optional<Token> token) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!isTransport(name) && (token.isEmpty() || !name.equalsIgnoreCase("Authorization"))) {
                headers.put(name, List.copyOf(Collections.list(request.getHeaders(name))));
            }
        }
        Identity identity = token.map(Token::identity).orElseGet(() -> identity(roles));
        return new Handshake(request.getRemoteAddr(), request.getRemotePort(), headers, query(), identity);
    }

    private Identity identity(Set<String> roles) {
        Principal user = request.getUserPrincipal();
        return user == null
                ? Identity.ANONYMOUS
                : new Identity(
                        user.getName(),
                        roles.stream().filter(request::isUserInRole).collect(Collectors.toSet()));
    }

    /** The parameters of the address. */
    public Map<String, List<String>> query() {
        return query(request.getQueryString());
    }

    /** Who the container says it is; empty for nobody in particular. */
    public String user() {
        Principal user = request.getUserPrincipal();
        return user == null ? "" : user.getName();
    }

    public boolean isAllowedBy(Origins origins) {
        return origins.allows(request.getHeader("Origin"), request.getHeader("Host"), isOnLoopback());
    }

    /** What lies under it. */
    public Cable cable() {
        ServletRequest at = request;
        while (at instanceof ServletRequestWrapper wrapper) {
            at = wrapper.getRequest();
        }
        return Cable.of(at);
    }

    private boolean isOnLoopback() {
        try {
            return InetAddress.getByName(request.getLocalAddr()).isLoopbackAddress(); // a literal: nothing is looked up
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Parameters as they stand in an address. By hand: the container's own parameters keep buffers of several kilobytes as long as the connection lives. */
    public static Map<String, List<String>> query(@Nullable String text) {
        Map<String, List<String>> query = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&", MOST_PARAMETERS)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            query.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // no escape that anybody knows: as it stands there
        }
    }

    /** What the WebSocket needed, and nobody else does. */
    private static boolean isTransport(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("sec-websocket-") || name.equals("upgrade") || name.equals("connection");
    }
}
