@NullMarked
package io.gtrace.server.token;

import org.jspecify.annotations.NullMarked;
