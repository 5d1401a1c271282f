/**
 * The documentation as a site: the Markdown files of {@code docs} and the options of the command
 * line become static pages that can be read and searched without a server and without a network.
 */
@NullMarked
package io.gtrace.documentation;

import org.jspecify.annotations.NullMarked;
