package org.pocketsocket.channel;

import jakarta.inject.Named;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.stream.Stream;

/** Whether a method can be what its annotation says. */
record Check(Method method, Kind kind, String pattern) {

    void pass() {
        if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
            throw mistake("must be neither static nor private");
        }
        for (Parameter parameter : method.getParameters()) {
            parameter(parameter);
        }
        visible();
    }

    private void parameter(Parameter parameter) {
        Named variable = parameter.getAnnotation(Named.class);
        if (variable != null) {
            variable(parameter, variable.value());
        } else if (Arguments.isPayload(parameter) ? !kind.takesPayload() : !kind.gives(parameter.getType())) {
            throw mistake(
                    "has no use for a parameter of type " + parameter.getType().getName());
        }
    }

    private void variable(Parameter parameter, String name) {
        if (parameter.getType() != String.class) {
            throw mistake("takes the variable {" + name + "} as a String, not as "
                    + parameter.getType().getName());
        } else if (!pattern.contains("{" + name + "}")) {
            throw mistake("wants the variable {" + name + "}, which the channel's name \"" + pattern + "\" has not");
        }
    }

    /** JSON-B reaches into no record that is not public: better said now than to the first client. */
    private void visible() {
        Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                .filter(type -> type.isRecord() && !Modifier.isPublic(type.getModifiers()))
                .forEach(type -> {
                    throw mistake("JSON-B needs record " + type.getName() + " to be public");
                });
    }

    private ChannelMistake mistake(String sentence) {
        return new ChannelMistake(method, sentence);
    }
}
