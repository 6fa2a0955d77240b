/** The channels behind the demo pages: in our WAR, not in the library. */
@NullMarked
package org.pocketsocket.demo;

import org.jspecify.annotations.NullMarked;
