package org.pocketsocket.stream;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import java.net.MalformedURLException;
import org.pocketsocket.settings.Settings;
import org.pocketsocket.settings.StreamSettings;

/**
 * Puts channelstream's paths into the application only where they are wanted: {@code /info} and {@code /message} are names
 * that an application may have a use for itself.
 */
@WebListener
public class Registration implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Settings all = Settings.load();
        StreamSettings settings = all.stream();
        boolean demo = settings.demo().equals("on") || (settings.demo().equals("auto") && has(context));
        if (settings.isOpen() || demo) {
            Sockets.prepare(context, all.direct());
            add(context, "pocket-stream", StreamDoor.class, StreamDoor.PATHS.toArray(String[]::new));
            add(context, "pocket-stream-pages", PagesDoor.class, PagesDoor.PATHS.toArray(String[]::new));
        }
        if (demo) {
            add(context, "pocket-stream-demo", DemoDoor.class, DemoDoor.PATHS.toArray(String[]::new));
        }
    }

    private static boolean has(ServletContext context) {
        try {
            return context.getResource(DemoDoor.PAGE) != null;
        } catch (MalformedURLException e) {
            return false;
        }
    }

    private static void add(ServletContext context, String name, Class<? extends HttpServlet> type, String... paths) {
        ServletRegistration.Dynamic servlet = context.addServlet(name, type);
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping(paths);
    }
}
