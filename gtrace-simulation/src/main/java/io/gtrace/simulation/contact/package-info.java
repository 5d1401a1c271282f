/**
 * Who sees whom: contact structures that need no memory, since ties follow from the numbers of
 * people.
 */
@NullMarked
package io.gtrace.simulation.contact;

import org.jspecify.annotations.NullMarked;
