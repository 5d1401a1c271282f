/** How a figure came about: a tree from the figure down to the sources of its inputs. */
@NullMarked
package io.gtrace.trace;

import org.jspecify.annotations.NullMarked;
