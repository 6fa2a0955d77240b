package org.pocketsocket.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.pocketsocket.Channels;
import org.pocketsocket.hub.Hub;
import org.pocketsocket.test.Talker;

/** The WAR in a real Jakarta EE server, under a context path of its own. */
@ArquillianTest
class ContainerIT {

    @Inject
    private Channels channels;

    @Inject
    private Hub hub;

    @ArquillianResource
    private URL base;

    private URI door(String path) {
        return URI.create(base.toString().replaceFirst("http", "ws") + path);
    }

    @Test
    void injectsTheChannelsIntoAnyBean() {
        assertEquals("chat", channels.of("chat").name());
        assertThrows(IllegalArgumentException.class, () -> channels.of("nobody"));
        assertTrue(hub.peers().isEmpty());
    }

    @Test
    @RunAsClient
    void makesARoundTripThroughAChannelBean() {
        for (String path : new String[] {"pocket", "pocket/direct"}) {
            try (Talker a = Talker.to(door(path));
                    Talker b = Talker.to(door(path))) {
                b.asks("chat.enter", "{\"name\":\"bob\"}");
                a.asks("chat.enter", "{\"name\":\"ada\"}");
                String receipt = a.asks("chat.say", "{\"text\":\"hello\"}");
                assertTrue(receipt.contains("\"data\":{\"at\":"), receipt);
                b.awaits("\"name\":\"ada\",\"text\":\"hello\"");
                b.asks("socket.leave", "{\"channel\":\"chat\"}");
                a.asks("socket.leave", "{\"channel\":\"chat\"}");
            }
        }
    }

    @Test
    @RunAsClient
    void sendsFromAServlet() throws Exception {
        try (Talker a = Talker.to(door("pocket"))) {
            a.asks("chat.enter", "{\"name\":\"reader\"}");
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "api/news"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"Tea is ready\"}"))
                    .build();
            int status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertEquals(202, status);
            a.awaits("\"text\":\"Tea is ready\"");
        }
    }

    @Test
    @RunAsClient
    void servesTheBrowserClientAndThePages() throws Exception {
        for (String path :
                new String[] {"pocket.socket.js", "pocket.socket.mjs", "demo/chat.html", "demo/echo.html", ""}) {
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(base + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertEquals(200, status, path);
        }
    }
}
