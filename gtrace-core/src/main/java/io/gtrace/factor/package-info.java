/**
 * What is known about models, grids, sites and hardware: the factor catalogue, loaded once from the
 * CSV files beside this package, every value with its source. Start at {@link
 * io.gtrace.factor.FactorCatalogue}.
 */
@NullMarked
package io.gtrace.factor;

import org.jspecify.annotations.NullMarked;
