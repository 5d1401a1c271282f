package io.gtrace.activity;

/** An amount that no real activity has; names the field, so that a reader can say where. */
public final class InvalidAmountException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidAmountException(String field, String complaint) {
    super(field + " " + complaint);
    this.field = field;
  }

  /** The record component that was refused, such as {@code inputTokens}. */
  public String field() {
    return field;
  }
}
