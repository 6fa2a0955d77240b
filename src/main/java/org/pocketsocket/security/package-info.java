/** Who may come in, and what it may do. */
@NullMarked
package org.pocketsocket.security;

import org.jspecify.annotations.NullMarked;
