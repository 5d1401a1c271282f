package io.gtrace.governance.disclosure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** What must hold in a form. */
public sealed interface Rule {
  /** Why, in words. */
  String because();

  /** The name of its kind in the file. */
  Kind kind();

  /** The kinds of rules. */
  enum Kind {
    /** A field is filled. */
    PRESENT,
    /** A number is told in its unit, in its range, to enough digits. */
    UNIT,
    /** A figure equals what others give. */
    EQ,
    /** Amounts that are never added, netted or mixed. */
    SEP,
    /** A share that is large enough. */
    COV,
    /** Evidence that cannot change unseen. */
    VER
  }

  record Present(List<String> fields, String because) implements Rule {
    public Present {
      fields = List.copyOf(fields);
    }

    @Override
    public Kind kind() {
      return Kind.PRESENT;
    }
  }

  /**
   * @param digits significant digits at least
   */
  record InUnit(
      List<String> fields,
      UnitOfMeasure unit,
      OptionalDouble min,
      OptionalDouble max,
      int digits,
      String because)
      implements Rule {
    public InUnit {
      fields = List.copyOf(fields);
    }

    @Override
    public Kind kind() {
      return Kind.UNIT;
    }
  }

  /**
   * @param terms the field is the sum of these
   * @param tolerance relative
   */
  record Equal(String field, List<Term> terms, double tolerance, String because) implements Rule {
    public Equal {
      terms = List.copyOf(terms);
    }

    @Override
    public Kind kind() {
      return Kind.EQ;
    }
  }

  /** A product of fields over other fields. */
  record Term(List<String> factors, List<String> divisors) {
    public Term {
      factors = List.copyOf(factors);
      divisors = List.copyOf(divisors);
    }
  }

  /** No field holds the sum of these two. */
  record NeverAdded(String one, String other, String because) implements Rule {
    @Override
    public Kind kind() {
      return Kind.SEP;
    }
  }

  /** No field holds the one less the other. */
  record NeverNetted(String gross, String credit, String because) implements Rule {
    @Override
    public Kind kind() {
      return Kind.SEP;
    }
  }

  /** None of these fields has any of these accounts in it. */
  record Without(List<String> fields, Set<Account> accounts, String because) implements Rule {
    public Without {
      fields = List.copyOf(fields);
      accounts = Set.copyOf(accounts);
    }

    @Override
    public Kind kind() {
      return Kind.SEP;
    }
  }

  /** No field has more than one of these accounts in it. */
  record Apart(Set<Account> accounts, String because) implements Rule {
    public Apart {
      accounts = Set.copyOf(accounts);
    }

    @Override
    public Kind kind() {
      return Kind.SEP;
    }
  }

  /**
   * @param atLeast in the unit of the field
   */
  record Covered(String field, double atLeast, String because) implements Rule {
    @Override
    public Kind kind() {
      return Kind.COV;
    }
  }

  record Versioned(List<String> fields, String because) implements Rule {
    public Versioned {
      fields = List.copyOf(fields);
    }

    @Override
    public Kind kind() {
      return Kind.VER;
    }
  }
}
