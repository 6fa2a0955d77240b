package org.pocketsocket.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Server;
import org.pocketsocket.test.Shared;

/** A backend posts over HTTP, an official Socket.IO client hears it: as it was with channelstream's first version. */
class StreamOverSocketIoIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Server server;

    @BeforeAll
    static void start() {
        server = Shared.FIXTURE.server();
    }

    /** With single quotes for double ones. */
    private static void post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/").resolve(path))
                .header("x-channelstream-secret", Shared.SECRET)
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static String signed(String user) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Shared.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String second = String.valueOf(Instant.now().getEpochSecond());
        byte[] bytes = mac.doFinal((user + '.' + second).getBytes(StandardCharsets.UTF_8));
        return URLEncoder.encode(Base64.getEncoder().encodeToString(bytes) + '.' + second, StandardCharsets.UTF_8);
    }

    private static Socket socket(String namespace, String query) {
        URI uri = server.uri("/").resolve(namespace);
        return IO.socket(
                uri, IO.Options.builder().setForceNew(true).setQuery(query).build());
    }

    private static CompletableFuture<Object> next(Socket socket, String event) {
        CompletableFuture<Object> came = new CompletableFuture<>();
        socket.once(event, args -> came.complete(args.length == 0 ? "" : args[0]));
        return came;
    }

    private static Object get(CompletableFuture<Object> came) throws Exception {
        return came.get(20, TimeUnit.SECONDS);
    }

    @Test
    void who_is_announced_and_signed_joins_and_hears_lists_of_messages_CS_13_CS_50_CS_55() throws Exception {
        post("/connect", "{'user':'ada','channels':['pub_chan']}");
        Socket ada = socket("/stream", "username=ada&sig=" + signed("ada"));
        CompletableFuture<Object> in = next(ada, Socket.EVENT_CONNECT);
        ada.connect();
        get(in);
        CompletableFuture<Object> joined = new CompletableFuture<>();
        ada.emit("join", new Object[] {new JSONArray().put("pub_chan").put("secret")}, (Ack)
                args -> joined.complete(args[0]));
        assertThat(get(joined)).hasToString("[\"pub_chan\"]");
        CompletableFuture<Object> message = next(ada, "message");
        post("/message", "[{'channel':'pub_chan','user':'system','message':{'text':'hello'}}]");
        JSONObject item = ((JSONArray) get(message)).getJSONObject(0);
        assertThat(item.getString("type")).isEqualTo("message");
        assertThat(item.getJSONObject("message").getString("text")).isEqualTo("hello");
        ada.close();
    }

    @Test
    void who_is_not_signed_stays_outside_CS_13() throws Exception {
        Socket eve = socket("/stream", "username=ada&sig=x.1");
        CompletableFuture<Object> no = next(eve, Socket.EVENT_CONNECT_ERROR);
        eve.connect();
        assertThat(((JSONObject) get(no)).getJSONObject("data").getInt("code")).isEqualTo(4403);
        eve.close();
    }

    @Test
    void what_is_posted_to_a_channel_of_the_applications_is_an_event_there() throws Exception {
        Socket chat = socket("/chat", "");
        CompletableFuture<Object> in = next(chat, Socket.EVENT_CONNECT);
        CompletableFuture<Object> news = next(chat, "news");
        chat.connect();
        get(in);
        post("/message", "{'channel':'chat/','event':'news','user':'system','message':{'text':'extra'}}");
        assertThat(((JSONObject) get(news)).getString("text")).isEqualTo("extra");
        chat.close();
    }
}
