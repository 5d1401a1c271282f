package io.gtrace.governance.disclosure;

/**
 * What breaks a rule.
 *
 * @param field the field that does
 * @param remark what is wrong
 */
public record Breach(Rule rule, String field, String remark) {
  @Override
  public String toString() {
    return rule.kind() + " " + field + ": " + remark + " (" + rule.because() + ")";
  }
}
