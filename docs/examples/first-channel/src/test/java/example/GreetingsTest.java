package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.pocketsocket.Rejection;
import org.pocketsocket.testing.TestClient;
import org.pocketsocket.testing.TestPocket;

class GreetingsTest {

    @Test
    void others_hear_what_is_said() {
        try (TestPocket pocket = TestPocket.of(new Greetings())) {
            TestClient ada = pocket.connect("ada").join("greetings");
            TestClient bob = pocket.connect("bob").join("greetings");

            assertEquals(5, ada.ask("greetings.say", "hello", Integer.class));

            assertEquals(new Greetings.Said("ada", "hello"), bob.next("greetings.said", Greetings.Said.class));
            assertEquals(0, ada.waiting("greetings.said"));
        }
    }

    @Test
    void only_a_host_clears() {
        try (TestPocket pocket = TestPocket.of(new Greetings())) {
            TestClient bob = pocket.connect("bob").join("greetings");
            Rejection no = assertThrows(Rejection.class, () -> bob.ask("greetings.clear", null));
            assertEquals("method_access_denied", no.error());

            TestClient ada = pocket.connect("ada", "host").join("greetings");
            ada.ask("greetings.clear", null);
            bob.next("greetings.cleared", Object.class);
        }
    }

    @Test
    void a_login_makes_a_host() {
        try (TestPocket pocket = TestPocket.of(new Greetings())) {
            TestClient ada = pocket.connect().join("greetings");
            Rejection no = assertThrows(Rejection.class, () -> ada.ask("greetings.clear", null));
            assertEquals("not_authorized", no.error());

            ada.ask("greetings.login", new String[] {"ada", "lovelace"});
            ada.ask("greetings.clear", null);
        }
    }
}
