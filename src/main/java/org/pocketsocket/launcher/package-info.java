/** The command line: reads the arguments, then starts Payara Micro with the WAR inside the same jar. */
@NullMarked
package org.pocketsocket.launcher;

import org.jspecify.annotations.NullMarked;
