package io.gtrace.governance.disclosure;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a form to the rules of its standard: one evaluator for each kind of rule. */
final class Validator {
  private final Form form;
  private final List<Breach> breaches = new ArrayList<>();

  private Validator(Form form) {
    this.form = form;
  }

  /** What breaks which rule; nothing where the standard does not apply. */
  static List<Breach> breaches(Form form) {
    if (form.notApplicable().isPresent()) {
      return List.of();
    }
    Validator validator = new Validator(form);
    form.standard().rules().forEach(validator::check);
    return validator.breaches;
  }

  private void check(Rule rule) {
    if (rule instanceof Rule.Present present) {
      present.fields().forEach(field -> checkPresent(present, field));
    } else if (rule instanceof Rule.InUnit unit) {
      unit.fields().forEach(field -> answers(field).forEach(each -> checkUnit(unit, field, each)));
    } else if (rule instanceof Rule.Equal equal) {
      answers(equal.field()).forEach(each -> checkEqual(equal, each));
    } else if (rule instanceof Rule.NeverAdded added) {
      checkNever(added, added.one(), added.other(), 1, "is the sum of ");
    } else if (rule instanceof Rule.NeverNetted netted) {
      checkNever(netted, netted.gross(), netted.credit(), -1, "is the difference of ");
    } else if (rule instanceof Rule.Without without) {
      without.fields().forEach(field -> checkWithout(without, field));
    } else if (rule instanceof Rule.Apart apart) {
      form.entries().forEach(entry -> checkApart(apart, entry));
    } else if (rule instanceof Rule.Covered covered) {
      answers(covered.field()).forEach(each -> checkCovered(covered, each));
    } else if (rule instanceof Rule.Versioned versioned) {
      versioned
          .fields()
          .forEach(field -> answers(field).forEach(each -> checkVersioned(versioned, field, each)));
    }
  }

  private List<Answer> answers(String field) {
    return form.entry(field).map(Entry::answers).orElse(List.of());
  }

  private void breach(Rule rule, String field, String remark) {
    breaches.add(new Breach(rule, field, remark));
  }

  private void checkPresent(Rule rule, String field) {
    form.entry(field)
        .filter(each -> each.state() == Entry.State.MISSING || each.state() == Entry.State.OPEN)
        .ifPresent(each -> breach(rule, field, "is missing"));
  }

  private static UnitOfMeasure unit(Entry entry, Answer answer) {
    return answer instanceof Answer.Computed computed
        ? computed.figure().unit()
        : entry.field().unit().orElse(UnitOfMeasure.parse("1"));
  }

  /** The amount of an answer in the own unit of its dimension. */
  private static double amount(Entry entry, Answer answer) {
    return answer.number().orElseThrow() * unit(entry, answer).size();
  }

  private void checkUnit(Rule.InUnit rule, String field, Answer answer) {
    Entry entry = form.entry(field).orElseThrow();
    if (answer.number().isEmpty()) {
      breach(rule, field, of(answer) + "'" + answer.shown() + "' is no number");
      return;
    }
    UnitOfMeasure told = unit(entry, answer);
    if (!told.symbol().equals(rule.unit().symbol())) {
      breach(
          rule,
          field,
          of(answer) + "is told in " + told.symbol() + ", not " + rule.unit().symbol());
      return;
    }
    double value = answer.number().getAsDouble();
    if (rule.min().isPresent() && value < rule.min().getAsDouble()) {
      breach(rule, field, of(answer) + answer.shown() + " is below " + plain(rule.min()));
    }
    if (rule.max().isPresent() && value > rule.max().getAsDouble()) {
      breach(rule, field, of(answer) + answer.shown() + " is above " + plain(rule.max()));
    }
    if (value != 0 && digits(answer) < rule.digits()) {
      breach(
          rule,
          field,
          of(answer) + answer.shown() + " has fewer than " + rule.digits() + " significant digits");
    }
  }

  private static String plain(OptionalDouble bound) {
    return BigDecimal.valueOf(bound.orElseThrow()).stripTrailingZeros().toPlainString();
  }

  /** Significant digits of a number as somebody stated it; a computed one has enough. */
  private static int digits(Answer answer) {
    return answer instanceof Answer.Stated stated ? significant(stated.shown()) : Integer.MAX_VALUE;
  }

  /** Zeros at the end of a whole number may be digits, and count. */
  private static int significant(String number) {
    String mantissa = number.toLowerCase(Locale.ROOT).replaceFirst("e.*", "");
    return mantissa.replaceAll("[^0-9]", "").replaceFirst("^0+", "").length();
  }

  private static String of(Answer answer) {
    return answer.key().isEmpty() ? "" : answer.key() + ": ";
  }

  private void checkEqual(Rule.Equal rule, Answer answer) {
    Entry entry = form.entry(rule.field()).orElseThrow();
    Optional<Double> expected = sum(rule.terms(), answer.key());
    if (answer.number().isEmpty() || expected.isEmpty()) {
      return;
    }
    double told = amount(entry, answer);
    double larger = Math.max(Math.abs(told), Math.abs(expected.get()));
    if (Math.abs(told - expected.get()) > rule.tolerance() * larger) {
      UnitOfMeasure unit = unit(entry, answer);
      breach(
          rule,
          rule.field(),
          String.format(
              Locale.ROOT,
              "%sis %s, and should be %.6g%s",
              of(answer),
              answer.shown(),
              expected.get() / unit.size(),
              unit.symbol().equals("1") ? "" : " " + unit.symbol()));
    }
  }

  /** Empty where any of the fields is not known. */
  private Optional<Double> sum(List<Rule.Term> terms, String key) {
    double sum = 0;
    for (Rule.Term term : terms) {
      double product = 1;
      for (String factor : term.factors()) {
        product *= amount(factor, key).orElse(Double.NaN);
      }
      for (String divisor : term.divisors()) {
        product /= amount(divisor, key).orElse(Double.NaN);
      }
      sum += product;
    }
    return Double.isFinite(sum) ? Optional.of(sum) : Optional.empty();
  }

  private OptionalDouble amount(String field, String key) {
    return form.entry(field).stream()
        .flatMap(entry ->
            entry.answers().stream()
                .filter(each -> each.key().equals(key) || each.key().isEmpty())
                .filter(each -> each.number().isPresent())
                .map(each -> amount(entry, each)))
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }

  private void checkNever(Rule rule, String one, String other, int sign, String words) {
    OptionalDouble first = amount(one, "");
    OptionalDouble second = amount(other, "");
    if (first.isEmpty()
        || second.isEmpty()
        || first.getAsDouble() == 0
        || second.getAsDouble() == 0) {
      return;
    }
    double wrong = first.getAsDouble() + sign * second.getAsDouble();
    String dimension = unitOf(one).dimension();
    for (Entry entry : form.entries()) {
      for (Answer answer : entry.answers()) {
        boolean isOther =
            !entry.field().id().equals(one)
                && !entry.field().id().equals(other)
                && answer.number().isPresent()
                && unit(entry, answer).dimension().equals(dimension);
        if (isOther && Math.abs(amount(entry, answer) - wrong) <= 1e-6 * Math.abs(wrong)) {
          breach(rule, entry.field().id(), words + one + " and " + other);
        }
      }
    }
  }

  private UnitOfMeasure unitOf(String field) {
    Entry entry = form.entry(field).orElseThrow();
    return unit(entry, entry.answers().get(0));
  }

  private void checkWithout(Rule.Without rule, String field) {
    for (Answer answer : answers(field)) {
      String found =
          answer.accounts().stream()
              .filter(rule.accounts()::contains)
              .map(Account::label)
              .sorted()
              .collect(Collectors.joining(", "));
      if (!found.isEmpty()) {
        breach(rule, field, of(answer) + "has " + found + " in it");
      }
    }
  }

  private void checkApart(Rule.Apart rule, Entry entry) {
    for (Answer answer : entry.answers()) {
      Set<Account> both =
          answer.accounts().stream().filter(rule.accounts()::contains).collect(Collectors.toSet());
      if (both.size() > 1) {
        breach(
            rule,
            entry.field().id(),
            of(answer)
                + "adds "
                + both.stream().map(Account::label).sorted().collect(Collectors.joining(" and ")));
      }
    }
  }

  private void checkCovered(Rule.Covered rule, Answer answer) {
    OptionalDouble share = answer.number();
    if (share.isPresent() && share.getAsDouble() < rule.atLeast() * (1 - 1e-12)) {
      breach(
          rule,
          rule.field(),
          answer.shown() + " is below " + plain(OptionalDouble.of(rule.atLeast())));
    }
  }

  private void checkVersioned(Rule rule, String field, Answer answer) {
    if (!answer.isVersioned()) {
      breach(rule, field, "rests on a statement alone (" + answer.origin() + ")");
    }
  }
}
