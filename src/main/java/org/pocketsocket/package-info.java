/** The public API: what an application imports to write channels and to send. */
@NullMarked
package org.pocketsocket;

import org.jspecify.annotations.NullMarked;
