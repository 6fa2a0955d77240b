package org.pocketsocket.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The texts are what Payara Micro 6.2025.10 logs. */
class MistakesTest {

    @Test
    void one_is_said_twice_in_one_line() {
        assertThat(Mistakes.sentences(
                        "DeploymentException: CDI deployment failure:Channel bean a.Chat, method say: must be"
                                + " neither static nor private -- Channel bean a.Chat, method say: must be neither static nor"
                                + " private\n\tat a.B.c(B.java:1)"))
                .containsExactly("Channel bean a.Chat, method say: must be neither static nor private");
    }

    @Test
    void several_are_said_line_by_line_and_then_again() {
        String list = "Exception List with 2 exceptions:\nException 0 :\n"
                + "org.pocketsocket.channel.ChannelMistake: Channel bean a.Chat handles nothing\nException 1 :\n"
                + "org.pocketsocket.channel.ChannelMistake: Channel bean a.Game has no @Channel\n";
        assertThat(Mistakes.sentences("CDI deployment failure:" + list + " -- " + list))
                .containsExactly("Channel bean a.Chat handles nothing", "Channel bean a.Game has no @Channel");
    }

    @Test
    void other_failures_have_none() {
        assertThat(Mistakes.sentences("java.lang.IllegalStateException: Already disposed."))
                .isEmpty();
    }
}
