/** What lies under a servlet's connection on Payara and GlassFish. On other servers none of it is loaded. */
@NullMarked
package org.pocketsocket.grizzly;

import org.jspecify.annotations.NullMarked;
