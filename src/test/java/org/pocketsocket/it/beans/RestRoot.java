package org.pocketsocket.it.beans;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where REST resources are. */
@ApplicationPath("api")
public class RestRoot extends Application {}
