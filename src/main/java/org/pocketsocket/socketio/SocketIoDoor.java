package org.pocketsocket.socketio;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pocketsocket.direct.Reception;
import org.pocketsocket.settings.Settings;

/** Socket.IO's door, at a path of its own choosing, and the echo's, where it is switched on. */
public class SocketIoDoor extends HttpServlet {

    static final String ECHO = "/engine.io";

    private static final long serialVersionUID = 1L;

    /** Opens the doors when the application starts. */
    @WebListener
    public static class Opening implements ServletContextListener {

        @Override
        public void contextInitialized(ServletContextEvent event) {
            Settings all = CDI.current().select(Settings.class).get();
            Settings.SocketIo settings = all.socketio();
            ServletContext context = event.getServletContext();
            boolean standard = !Reception.serves(all.direct(), context.getServerInfo());
            if (settings.door()) {
                open(context, "pocket-socketio", settings.path(), standard);
            }
            if (settings.echo()) {
                open(context, "pocket-engineio-echo", ECHO, standard);
            }
        }

        private static void open(ServletContext context, String name, String path, boolean standard) {
            ServletRegistration.Dynamic door = context.addServlet(name, SocketIoDoor.class);
            if (door != null) { // null: the application has put one of this name there itself
                door.setAsyncSupported(true);
                door.addMapping(path + "/*");
                if (standard) {
                    StandardDoor.open(context, path);
                }
            }
        }
    }

    private transient @Nullable Desk desk;

    @Override
    public void init() {
        desk = CDI.current().select(Desk.class).get(); // not every server injects into servlets
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Objects.requireNonNull(desk).receive(request, response, getServletName().equals("pocket-engineio-echo"));
    }
}
