package org.pocketsocket.stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.pocketsocket.settings.StreamSettings;

/** What every answer says beside its body. */
final class Headers {

    private Headers() {}

    /** Pages may read answers: nothing here goes by cookies, so there is nothing that another page could borrow. */
    static void put(StreamSettings settings, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        String origin = request.getHeader("Origin");
        if (settings.cors().contains("*")) {
            response.setHeader("Access-Control-Allow-Origin", "*");
        } else if (origin != null && settings.cors().contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Vary", "Origin");
        }
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE, OPTIONS");
        response.setHeader("Access-Control-Allow-Headers", "Content-Type, x-channelstream-secret");
        response.setHeader("Access-Control-Max-Age", "86400");
    }

    /** By what the proxy says, if there is one before us. */
    static void requireTls(StreamSettings settings, HttpServletRequest request) {
        boolean encrypted = request.isSecure()
                || "https".equalsIgnoreCase(request.getHeader("X-Scheme"))
                || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
        if (settings.https() && !encrypted) {
            throw Refused.with(406, "This needs https");
        }
    }
}
