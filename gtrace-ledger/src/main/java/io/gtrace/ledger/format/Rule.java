package io.gtrace.ledger.format;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a column comes of the fields of a record. A value that is absent or blank is none. What ought
 * to be a number and is not is handed on as it is, so that whoever reads the column refuses it.
 */
public sealed interface Rule {
  /** The paths of the fields that it reads, in the order in which it asks for them. */
  Stream<String> paths();

  /** What a field holds. The path joins names with dots. */
  record Field(String path) implements Rule {
    @Override
    public Stream<String> paths() {
      return Stream.of(path);
    }
  }

  /** The same of every record. */
  record Always(String text) implements Rule {
    @Override
    public Stream<String> paths() {
      return Stream.empty();
    }
  }

  /** The first that has a value. */
  record First(List<Rule> of) implements Rule {
    public First {
      of = List.copyOf(of);
    }

    @Override
    public Stream<String> paths() {
      return of.stream().flatMap(Rule::paths);
    }
  }

  /**
   * Numbers added and subtracted, at least 0; none if nothing that is added has a value.
   *
   * @param plus added
   * @param minus subtracted, where they have a value
   */
  record Sum(List<Rule> plus, List<Rule> minus) implements Rule {
    public Sum {
      plus = List.copyOf(plus);
      minus = List.copyOf(minus);
    }

    @Override
    public Stream<String> paths() {
      return Stream.concat(plus.stream(), minus.stream()).flatMap(Rule::paths);
    }
  }

  /**
   * A number times a fraction.
   *
   * @param times what it is multiplied with
   * @param over what it is divided by
   */
  record Scaled(Rule of, BigDecimal times, BigDecimal over) implements Rule {
    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /** A number over another, rounded to a whole one; none where the other is 0 or has no value. */
  record Ratio(Rule of, Rule over) implements Rule {
    @Override
    public Stream<String> paths() {
      return Stream.concat(of.paths(), over.paths());
    }
  }

  /** The seconds from one moment to another, both as ISO 8601 writes them. */
  record Elapsed(Rule of, Rule since) implements Rule {
    @Override
    public Stream<String> paths() {
      return Stream.concat(of.paths(), since.paths());
    }
  }

  /**
   * A length of time as seconds: {@code 1.5s}, {@code 20ms}, {@code 30µs}, {@code 7ns}, {@code
   * 01:02:03}, {@code 2-01:02:03} (with days), or a number.
   */
  record Seconds(Rule of) implements Rule {
    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /** The first group of a pattern, wherever it is found in a text; none if it is not. */
  record Match(Rule of, Pattern pattern) implements Rule {
    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /**
   * One part of a text that a separator splits.
   *
   * @param part from 1; none if there are fewer
   */
  record Part(Rule of, String separator, int part) implements Rule {
    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /**
   * What a value stands for.
   *
   * @param values by what the record says
   * @param otherwise for what is not listed; where it is empty, that is handed on as it is
   */
  record Choice(Rule of, Map<String, String> values, Optional<String> otherwise) implements Rule {
    public Choice {
      values = Map.copyOf(values);
    }

    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /** A value after a text. */
  record Prefixed(Rule of, String prefix) implements Rule {
    @Override
    public Stream<String> paths() {
      return of.paths();
    }
  }

  /** A value of those records that meet a condition. */
  record Given(Condition condition, Rule of) implements Rule {
    @Override
    public Stream<String> paths() {
      return Stream.concat(condition.fields().stream(), of.paths());
    }
  }
}
