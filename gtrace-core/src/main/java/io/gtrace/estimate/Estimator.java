package io.gtrace.estimate;

import io.gtrace.activity.Driver;
import java.util.Set;

/** The energy of one model on one deployment, by unit of each driver it depends on. */
public interface Estimator {
  /** The drivers that cost something here. */
  Set<Driver> drivers();

  /** What one unit of a driver costs when the factors are as in {@code state}. */
  UnitRate rate(Driver driver, FactorState state);

  /** How the rate of a driver follows from its factors, in words and symbols. */
  String formula(Driver driver);
}
