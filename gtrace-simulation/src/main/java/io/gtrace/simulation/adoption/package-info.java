/** How a habit passes from people to people: the models of the field behind one interface. */
@NullMarked
package io.gtrace.simulation.adoption;

import org.jspecify.annotations.NullMarked;
