package io.gtrace.simulation.random;

/** What a draw is for. Draws for different purposes are independent of each other. */
public enum Purpose {
  /** What a person owns, uses and likes. */
  TRAITS,
  /** How many have to be seen at it before a person takes notice. */
  THRESHOLD,
  /** Whether and when one who noticed tries. */
  DECISION,
  /** Who is reached by media in an hour. */
  BROADCAST,
  /** What is wanted in a session, and what comes of it. */
  SESSION,
  /** How many others see what a person posts, who they are, and when. */
  SPREAD
}
