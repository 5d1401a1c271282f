/**
 * Makes what people install: a folder with a Java runtime of its own, packed as an archive, as a
 * Debian package and as a container image; completions and manual pages out of the commands
 * themselves. Start at {@link io.gtrace.packaging.Main}.
 */
@NullMarked
package io.gtrace.packaging;

import org.jspecify.annotations.NullMarked;
