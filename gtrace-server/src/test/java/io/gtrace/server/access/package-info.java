@NullMarked
package io.gtrace.server.access;

import org.jspecify.annotations.NullMarked;
