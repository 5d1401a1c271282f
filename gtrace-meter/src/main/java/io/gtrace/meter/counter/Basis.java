package io.gtrace.meter.counter;

/** How the energy of a part is known. */
public enum Basis {
  /** Its own counter: the difference between two readings is what it took between them. */
  COUNTER("counter"),
  /** Power read again and again, taken to change evenly between readings. */
  INTEGRATED_POWER("integrated power"),
  /** A model of how much it draws by how busy it is. */
  MODEL("model");

  private final String label;

  Basis(String label) {
    this.label = label;
  }

  /** For people and files. */
  public String label() {
    return label;
  }

  /** Whether hardware told it. */
  public boolean isMeasured() {
    return this != MODEL;
  }
}
