/** The client on a command line. */
@NullMarked
package org.pocketsocket.client.terminal;

import org.jspecify.annotations.NullMarked;
