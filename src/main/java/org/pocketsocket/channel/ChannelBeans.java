package org.pocketsocket.channel;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.pocketsocket.Channel;
import org.pocketsocket.hub.ChannelHandler;
import org.pocketsocket.message.Json;

/** Collects the channel beans while the application is deployed, and stops the deployment at a mistake in one. */
public class ChannelBeans implements Extension {

    private record Found(Bean<?> bean, Class<?> type) {}

    private final List<Found> found = new ArrayList<>();
    private final Map<Blueprint, Bean<?>> blueprints = new LinkedHashMap<>();

    void find(@Observes ProcessManagedBean<?> event) {
        if (event.getAnnotated().isAnnotationPresent(Channel.class)) {
            found.add(new Found(event.getBean(), event.getAnnotatedBeanClass().getJavaClass()));
        }
    }

    void check(@Observes AfterDeploymentValidation event) {
        for (Found each : found) {
            try {
                requirePackage(each.type);
                Blueprint blueprint = Blueprint.of(each.type);
                requireNew(blueprint);
                blueprints.put(blueprint, each.bean);
            } catch (ChannelMistake mistake) {
                event.addDeploymentProblem(mistake);
            }
        }
    }

    /** Weld takes such a name for a descriptor, and stops without a reason. */
    private static void requirePackage(Class<?> type) {
        if (type.getPackageName().isEmpty() && type.getName().startsWith("L")) {
            throw new ChannelMistake(type, "must be in a package, or have a name that does not begin with L");
        }
    }

    private void requireNew(Blueprint blueprint) {
        for (Blueprint other : blueprints.keySet()) {
            if (other.name().equals(blueprint.name())) {
                throw new ChannelMistake(
                        blueprint.type(),
                        "serves channel \"" + other.name() + "\", as "
                                + other.type().getName() + " does");
            }
        }
    }

    /** Hands out every channel's name and handler. */
    public void register(BeanManager beans, Json json, BiConsumer<String, ChannelHandler> registry) {
        blueprints.forEach((blueprint, bean) -> {
            Object instance = beans.getReference(bean, blueprint.type(), beans.createCreationalContext(bean));
            registry.accept(blueprint.name(), blueprint.handler(instance, json));
        });
    }
}
