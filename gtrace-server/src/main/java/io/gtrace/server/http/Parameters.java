package io.gtrace.server.http;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a query says, none of it passed over in silence. */
public final class Parameters {
  private final UriQuery query;

  private Parameters(UriQuery query) {
    this.query = query;
  }

  /**
   * The parameters of a request.
   *
   * @param known their names
   * @throws Problem if it has others, or one twice
   */
  public static Parameters of(ServerRequest request, String... known) {
    return of(request, Set.of(known));
  }

  /** The same, of names that are found out. */
  public static Parameters of(ServerRequest request, Set<String> known) {
    UriQuery query = request.query();
    for (String name : query.names()) {
      if (!known.contains(name)) {
        throw wrong(
            "unknown parameter '"
                + name
                + "'; known "
                + (known.isEmpty() ? "is none" : "are " + String.join(", ", new TreeSet<>(known))));
      }
      if (query.all(name).size() > 1) {
        throw wrong(name + " is given more than once");
      }
    }
    return new Parameters(query);
  }

  private static Problem wrong(String detail) {
    return Problem.of(Status.BAD_REQUEST_400, detail);
  }

  /** A text; empty where nothing is given. */
  public Optional<String> text(String name) {
    return query.first(name).asOptional().map(String::strip).filter(value -> !value.isEmpty());
  }

  /** A text as it is given, which may say nothing; empty where nothing is given. */
  public Optional<String> given(String name) {
    return query.first(name).asOptional();
  }

  /**
   * A text that must be given.
   *
   * @throws Problem if it is not
   */
  public String required(String name) {
    return text(name).orElseThrow(() -> wrong(name + " is missing"));
  }

  /** Texts between commas; none where nothing is given. */
  public List<String> list(String name) {
    return text(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /**
   * A whole number.
   *
   * @throws Problem if it is none, or out of its range
   */
  public Optional<Long> whole(String name, long least, long most) {
    return text(name)
        .map(value -> {
          String range = name + " must be a whole number from " + least + " to " + most + ", not '";
          try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException none) {
            throw wrong(range + value + "'");
          }
          throw wrong(range + value + "'");
        });
  }

  /**
   * A number.
   *
   * @throws Problem if it is none
   */
  public Optional<Double> number(String name) {
    return text(name)
        .map(value -> {
          try {
            return Double.parseDouble(value);
          } catch (NumberFormatException none) {
            throw wrong(name + " must be a number, not '" + value + "'");
          }
        });
  }

  /**
   * Yes or no; no where nothing is given.
   *
   * @throws Problem if it is neither
   */
  public boolean flag(String name) {
    String value = text(name).orElse("false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(name + " must be true or false, not '" + value + "'");
    };
  }
}
