/** Questions and answers over HTTP, for programs. */
@NullMarked
package io.gtrace.server.api;

import org.jspecify.annotations.NullMarked;
