package io.gtrace.governance.advice;

import java.util.List;

/**
 * What is told of an action whatever work it meets.
 *
 * @param id its name on the command line
 * @param summary what to do, as an imperative without a full stop
 * @param actsOn the work that it can change, in words that go after "no"
 * @param effort what it takes
 * @param assumptions ids of those that it rests on
 * @param leavesOut what its figure leaves out, in whole sentences
 */
record Description(
    String id,
    String summary,
    String actsOn,
    Effort effort,
    List<String> assumptions,
    String leavesOut) {
  Description {
    assumptions = List.copyOf(assumptions);
  }
}
