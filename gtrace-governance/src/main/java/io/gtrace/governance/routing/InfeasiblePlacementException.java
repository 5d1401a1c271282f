package io.gtrace.governance.routing;

/** There is no placement that keeps to everything that was asked for. */
public final class InfeasiblePlacementException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient Conflict conflict;

  InfeasiblePlacementException(Conflict conflict) {
    super(conflict.message());
    this.conflict = conflict;
  }

  /** What cannot all hold. */
  public Conflict conflict() {
    return conflict;
  }
}
