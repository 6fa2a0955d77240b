/** What the doors that are servlets have in common. */
@NullMarked
package org.pocketsocket.servlet;

import org.jspecify.annotations.NullMarked;
