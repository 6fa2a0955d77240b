package org.pocketsocket.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CompletionStage;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocketsocket.ChannelRef;
import org.pocketsocket.Envelope;
import org.pocketsocket.Member;
import org.pocketsocket.OnLeave.Reason;
import org.pocketsocket.Rejection;
import org.pocketsocket.hub.ChannelHandler;
import org.pocketsocket.hub.ChannelHandler.Call;
import org.pocketsocket.message.Json;

/** Channel beans in a CDI container, from being found to being called. The extension is found as on a server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChannelBeansTest {

    private static final Logger WELD = Logger.getLogger("org.jboss.weld");
    private static final Member ADA = Nobody.member("ada");
    private static final ChannelRef CHAT = Nobody.channel("chat");

    private final Json json = new Json();
    private final Map<String, ChannelHandler> handlers = new HashMap<>();
    private WeldContainer container;

    @BeforeAll
    void start() {
        WELD.setLevel(Level.WARNING); // it announces every container
        container = weld(
                        Beans.Chat.class,
                        Beans.Clock.class,
                        Beans.Derived.class,
                        Beans.Quiet.class,
                        Beans.LoudChat.class,
                        Beans.Shouter.class)
                .enableInterceptors(Beans.Shouter.class)
                .initialize();
        ChannelBeans found = container.getBeanManager().getExtension(ChannelBeans.class);
        found.register(container.getBeanManager(), json, handlers::put);
    }

    @AfterAll
    void stop() {
        container.shutdown();
        WELD.setLevel(null);
        json.close();
    }

    @Test
    void annotated_beans_are_found_under_their_names() {
        assertThat(handlers).containsOnlyKeys("chat", "derived", "quiet", "loud");
    }

    @Test
    void parameters_are_found_by_type_in_any_order() {
        assertThat(handlers.get("chat").join(call("", "\"Ada\""))).isEqualTo("Ada joins chat as ada");
        assertThat(event("line", "{\"text\":\"hi\",\"size\":1}")).isEqualTo(new Beans.Line("hi by ada in chat", 2));
    }

    @Test
    void the_payload_is_bound_to_the_parameters_type() {
        assertThat(event("text", "\"h\\u0069\"")).isEqualTo("hi");
        assertThat(event("number", "5")).isEqualTo(6);
        assertThat(event("lines", "[{\"size\":1},{\"size\":2}]")).isEqualTo(3);
        assertThat(event("text", "null")).isNull();
    }

    @Test
    void a_method_may_serve_several_events_and_an_event_may_have_a_dot() {
        assertThat(event("more.lines", "[]")).isEqualTo(0);
    }

    @Test
    void what_a_method_returns_is_handed_back() throws Exception {
        assertThat(event("nothing", "{}")).isNull();
        assertThat(((CompletionStage<?>) event("later", "{}"))
                        .toCompletableFuture()
                        .get())
                .isEqualTo("soon");
    }

    @Test
    void a_payload_that_nobody_asked_for_is_not_looked_at() {
        assertThat(event("nothing", "{\"any\":[\"thing\"]}")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            number | "five"
            number | null
            number | {}
            text   | {}
            line   | "hi"
            line   | {"text":"hi","size":"big"}
            lines  | [5]
            lines  | {}
            """)
    void a_payload_of_another_type_is_the_clients_mistake(String event, String data) {
        assertThat(catchThrowableOfType(Rejection.class, () -> event(event, data)))
                .returns(4400, Rejection::code)
                .returns("invalid_method_args", Rejection::error);
    }

    @Test
    void an_event_without_a_method_is_the_clients_mistake_too() {
        assertThat(catchThrowableOfType(Rejection.class, () -> event("nope", "{}")))
                .returns(4404, Rejection::code)
                .returns("no_such_method", Rejection::error)
                .satisfies(no -> assertThat(no.reason()).contains("\"chat\""));
    }

    @Test
    void what_a_method_throws_comes_out_as_it_is() {
        assertThatThrownBy(() -> event("reject", "{}"))
                .isInstanceOf(Rejection.class)
                .hasMessage("not you");
        assertThatThrownBy(() -> event("bug", "{}")).isExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> event("error", "{}")).isExactlyInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> event("checked", "{}")).hasCauseExactlyInstanceOf(IOException.class);
    }

    @Test
    void a_leaving_member_is_told_of() {
        handlers.get("chat").leave(call("", "{}"), Reason.LEFT);
        assertThat(event("who left", "{}")).isEqualTo("ada left chat");
    }

    @Test
    void a_bean_without_join_and_leave_lets_everybody_in_and_out() {
        assertThat(handlers.get("quiet").join(call("", "{}"))).isNull();
        handlers.get("quiet").leave(call("", "{}"), Reason.LEFT);
    }

    @Test
    void a_bean_is_a_bean_with_injection_and_interceptors() {
        assertThat(event("time", "{}")).isEqualTo("noon");
        assertThat(handlers.get("loud").event(call("say", "\"hi\""))).isEqualTo("hi!");
    }

    @Test
    void inherited_methods_count_and_overridden_ones_count_once() {
        assertThat(handlers.get("derived").event(call("base", "{}"))).isEqualTo("base");
        assertThat(handlers.get("derived").event(call("overridden", "{}"))).isEqualTo("derived");
    }

    @ParameterizedTest
    @CsvSource({
        "PrivateMethod, say, neither static nor private",
        "StaticMethod, say, neither static nor private",
        "PayloadOnLeave, left, has no use for a parameter of type java.lang.String",
        "HiddenPayload, say, Mistakes$Hidden to be public",
        "HiddenResult, welcome, Mistakes$Hidden to be public",
        "NoEvent, say, without an event's name",
        "EmptyEvent, say, 1 to 255 characters",
        "LongEvent, say, 1 to 255 characters"
    })
    void a_mistake_in_a_method_stops_the_deployment_and_is_named(String bean, String method, String sentence)
            throws ClassNotFoundException {
        Class<?> type = mistake(bean);
        assertThatThrownBy(() -> deploy(type))
                .hasMessageContaining("Channel bean " + type.getName() + ", method " + method + ":")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "NameWithDot, no dot",
        "LongName, at most 255 characters",
        "OurName, the server's own",
        "HandlesNothing, handles nothing",
        "ForgotToAnnotate, handles nothing"
    })
    void a_mistake_in_a_class_stops_the_deployment_and_is_named(String bean, String sentence)
            throws ClassNotFoundException {
        Class<?> type = mistake(bean);
        assertThatThrownBy(() -> deploy(type))
                .hasMessageContaining("Channel bean " + type.getName())
                .hasMessageContaining(sentence);
    }

    /** Which of the two is met first is the JVM's choice. */
    @ParameterizedTest
    @CsvSource({"OneEventTwice, say, shout", "TwoJoins, join, enter", "TwoLeaves, leave, exit"})
    void two_methods_for_one_thing_stop_the_deployment_and_both_are_named(String bean, String one, String other)
            throws ClassNotFoundException {
        Class<?> type = mistake(bean);
        assertThatThrownBy(() -> deploy(type))
                .hasMessageContaining("Channel bean " + type.getName() + ", method ")
                .hasMessageMatching("(?s).*(method " + one + ": .*method " + other + " |method " + other + ": .*method "
                        + one + " ).*");
    }

    @Test
    void a_class_that_cdi_cannot_serve_stops_the_deployment_and_is_named() throws ClassNotFoundException {
        Class<?> type = Class.forName("Lonely"); // nobody can import what has no package
        assertThatThrownBy(() -> deploy(type)).hasMessageContaining("Channel bean Lonely must be in a package");
    }

    @Test
    void two_beans_for_one_channel_stop_the_deployment_and_both_are_named() {
        assertThatThrownBy(() -> deploy(Mistakes.First.class, Mistakes.Second.class))
                .hasMessageContaining("\"chat\"")
                .hasMessageContaining(Mistakes.First.class.getName())
                .hasMessageContaining(Mistakes.Second.class.getName());
    }

    @Test
    void all_mistakes_are_told_at_once() {
        Throwable problem = catchThrowable(() -> deploy(Mistakes.NameWithDot.class, Mistakes.HandlesNothing.class));
        assertThat(problem.toString())
                .contains(Mistakes.NameWithDot.class.getName())
                .contains(Mistakes.HandlesNothing.class.getName());
    }

    private Object event(String event, String data) {
        return handlers.get("chat").event(call(event, data));
    }

    private static Call call(String event, String data) {
        return new Call(ADA, CHAT, new Envelope("null", "chat", event, data, false));
    }

    private static Class<?> mistake(String name) throws ClassNotFoundException {
        return Class.forName(Mistakes.class.getName() + "$" + name);
    }

    private static void deploy(Class<?>... beans) {
        weld(beans).initialize().shutdown();
    }

    private static Weld weld(Class<?>... beans) {
        Weld weld = new Weld().disableDiscovery().addBeanClasses(beans);
        ServiceLoader.load(Extension.class).stream()
                .filter(extension -> extension.type() == ChannelBeans.class)
                .forEach(extension -> weld.addExtension(extension.get()));
        return weld;
    }
}
