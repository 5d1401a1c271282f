package io.gtrace.factor;

/** What to do about a name that the catalogue does not know. */
public enum Fallback {
  /** Refuse it, naming the nearest known ones. */
  REFUSE,
  /** Take the next wider class, say so in the trace and widen the interval. */
  ALLOW
}
