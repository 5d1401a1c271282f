package io.gtrace.governance.disclosure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;
import java.util.Set;

/** What stands in a field of a form. */
public sealed interface Answer {
  /** What it is of where a field has several answers; else empty. */
  String key();

  /** As it is printed: numbers in full to six digits. */
  String shown();

  /** Its number in the unit of its field; empty if it is a text. */
  OptionalDouble number();

  Set<Account> accounts();

  /** Whether it rests on something that cannot change unseen: a seal, or a file with a digest. */
  boolean isVersioned();

  /** Where it comes from, in words. */
  String origin();

  /** A number that was computed. */
  record Computed(Figure figure) implements Answer {
    private static final MathContext DIGITS = new MathContext(6);

    @Override
    public String key() {
      return figure.key();
    }

    @Override
    public String shown() {
      BigDecimal rounded = new BigDecimal(figure.value().value()).round(DIGITS);
      return rounded.signum() == 0 ? "0" : plain(rounded);
    }

    private static String plain(BigDecimal number) {
      int exponent = number.precision() - number.scale() - 1;
      return exponent > 12 || exponent < -6
          ? number.stripTrailingZeros().toString()
          : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public OptionalDouble number() {
      return OptionalDouble.of(figure.value().value());
    }

    @Override
    public Set<Account> accounts() {
      return figure.accounts();
    }

    @Override
    public boolean isVersioned() {
      return true;
    }

    @Override
    public String origin() {
      return figure.trace().formula();
    }
  }

  /**
   * Words that follow from facts.
   *
   * @param origin what they follow from
   * @param isVersioned whether that is a ledger, or a file of which the digest is told
   */
  record Derived(String key, String shown, String origin, boolean isVersioned) implements Answer {
    @Override
    public OptionalDouble number() {
      return OptionalDouble.empty();
    }

    @Override
    public Set<Account> accounts() {
      return Set.of();
    }
  }

  /**
   * What the profile says: a claim.
   *
   * @param place file, line and field
   */
  record Stated(String shown, OptionalDouble number, String place) implements Answer {
    @Override
    public String key() {
      return "";
    }

    @Override
    public Set<Account> accounts() {
      return Set.of();
    }

    @Override
    public boolean isVersioned() {
      return false;
    }

    @Override
    public String origin() {
      return "as stated: " + place;
    }
  }
}
