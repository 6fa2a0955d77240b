package org.pocketsocket.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.pocketsocket.test.Talker;

/** What a channel bean has of a real server: transactions, validation, managed threads. */
@ArquillianTest
@RunAsClient
class ModelIT {

    @ArquillianResource
    private URL base;

    private Talker member() {
        Talker talker = Talker.to(URI.create(base.toString().replaceFirst("http", "ws") + "pocket/direct"));
        answered(talker.asks("ledger.open", "{}"));
        return talker;
    }

    private static String answered(String receipt) {
        assertTrue(receipt.contains("\"socket\":\"sent\""), receipt);
        return receipt;
    }

    private static String book(Talker talker, String text, boolean fails) {
        return talker.asks("ledger.book", "{\"text\":\"" + text + "\",\"fails\":" + fails + "}");
    }

    private static int indexOf(List<String> texts, String part) {
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }

    @Test
    void aRollbackSendsNothingAndACommitSendsOnce() {
        try (Talker ada = member();
                Talker bob = member()) {
            assertTrue(book(ada, "never", true).contains("internal_error"));
            answered(book(ada, "once", false));
            bob.awaits("{\"message\":\"ledger.booked\",\"data\":\"once\"}");
            answered(book(ada, "last", false));
            bob.awaits("{\"message\":\"ledger.booked\",\"data\":\"last\"}");
            assertEquals(-1, indexOf(bob.got(), "booked\",\"data\":\"never"), bob.got()::toString);
            assertEquals(
                    1,
                    bob.got().stream()
                            .filter(text -> text.contains("booked\",\"data\":\"once"))
                            .count());
            assertTrue(answered(bob.asks("ledger.count", "\"never\"")).endsWith("\"data\":0}"));
        }
    }

    @Test
    void whatIsSentInATransactionLeavesAfterItsCommitAndSoDoesTheAcknowledgement() {
        try (Talker ada = member();
                Talker bob = member()) {
            answered(book(ada, "order", false));
            assertTrue(answered(bob.asks("ledger.count", "\"order\"")).endsWith("\"data\":1}"));
            bob.awaits("{\"message\":\"ledger.booked\",\"data\":\"order\"}");
            int aside = indexOf(bob.got(), "aside\",\"data\":\"order");
            assertTrue(aside >= 0 && aside < indexOf(bob.got(), "booked\",\"data\":\"order"), bob.got()::toString);
        }
    }

    @Test
    void aRestResourceSendsInItsTransaction() throws Exception {
        try (Talker ada = member()) {
            assertEquals(500, post("rest-never", true));
            assertEquals(204, post("rest-once", false));
            ada.awaits("{\"message\":\"ledger.posted\",\"data\":\"rest-once\"}");
            assertEquals(-1, indexOf(ada.got(), "rest-never"), ada.got()::toString);
        }
    }

    private int post(String text, boolean fails) throws IOException, InterruptedException {
        URI uri = URI.create(base + "api/ledger?text=" + text + "&fails=" + fails);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aPayloadThatIsNotValidIsRefusedWithTheFieldsMessage() {
        try (Talker ada = member()) {
            answered(ada.asks("ledger.check", "{\"text\":\"fine\",\"fails\":false}"));
            String refusal = ada.asks("ledger.check", "{\"text\":\" \",\"fails\":false}");
            assertTrue(refusal.contains("\"code\":4400,\"error\":\"invalid_method_args\""), refusal);
            assertTrue(refusal.contains("text must not be blank"), refusal);
        }
    }

    @Test
    void aRoleIsAskedForAndALoginMayBringIt() {
        try (Talker ada = member()) {
            assertTrue(ada.asks("ledger.audit", "{}").contains("\"code\":4401,\"error\":\"not_authorized\""));
            answered(ada.asks("ledger.login", "\"ada\""));
            assertTrue(answered(ada.asks("ledger.audit", "{}")).endsWith("\"data\":\"ada\"}"));
        }
    }

    @Test
    void jobsRunOnTheServersThreads() {
        try (Talker ada = member()) {
            String receipt = answered(ada.asks("ledger.job", "{}"));
            assertFalse(receipt.contains("\"data\":\"pocket-"), receipt);
        }
    }
}
