package io.gtrace.governance.evidence;

/**
 * What is wrong with a piece of evidence.
 *
 * @param table the kind of evidence, as {@code meters}
 * @param place file and line
 * @param remark what is wrong and what to do, with the field
 */
public record Fault(String table, String place, String remark) {
  @Override
  public String toString() {
    return place + ", " + remark;
  }
}
