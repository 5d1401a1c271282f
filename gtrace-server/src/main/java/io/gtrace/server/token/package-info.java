/** API tokens: made on the command line, kept as digests, known to a running server at once. */
@NullMarked
package io.gtrace.server.token;

import org.jspecify.annotations.NullMarked;
