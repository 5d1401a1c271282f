package io.gtrace.simulation.wave;

/** What is counted in each hour and cohort. */
public enum Count {
  /** Times that someone was exposed, heedless of what came of it. */
  EXPOSURES,
  /** People who noticed for the first time. */
  NOTICED,
  /** People among them who looked it up. */
  SEARCHED,
  /** People who took part for the first time. */
  ADOPTED,
  /** People among them who had not used the service before. */
  NEW_USERS,
  /** Participants who stopped for good. */
  STOPPED,
  /** People who noticed and tried, got nothing and gave up. */
  GAVE_UP,
  /** Sessions. */
  SESSIONS,
  /** Sessions that people agreed to have later, for the grid's sake. */
  PUT_OFF,
  /** Outputs that people asked services and devices for. */
  WANTED,
  /** Outputs that a service refused for lack of room. */
  REFUSED
}
