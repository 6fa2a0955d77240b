/** Puts the parts together for CDI: the only package that names implementations. */
@NullMarked
package org.pocketsocket.app;

import org.jspecify.annotations.NullMarked;
