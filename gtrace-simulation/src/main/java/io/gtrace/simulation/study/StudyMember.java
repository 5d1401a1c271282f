package io.gtrace.simulation.study;

import java.io.Serializable;

/**
 * One run of an ensemble, as plain numbers that may come from another process. {@link StudyRun}
 * makes it and puts it together with the others.
 */
public final class StudyMember implements Serializable {
  private static final long serialVersionUID = 1L;

  // A record of lists, enum maps and other such records; prices are DrawnPrices.
  private final Member member;

  StudyMember(Member member) {
    this.member = member;
  }

  Member member() {
    return member;
  }
}
