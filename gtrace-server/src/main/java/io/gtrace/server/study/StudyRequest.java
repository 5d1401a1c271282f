package io.gtrace.server.study;

import io.gtrace.server.http.Problem;
import io.gtrace.simulation.study.Study;
import io.helidon.http.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A study as somebody asks for it.
 *
 * @param study as long as it is asked for
 * @param scale people simulated for one person of the study; empty for what the study says
 * @param seed another one gives another world of the same kind
 * @param runs each with other draws of what is uncertain
 */
record StudyRequest(Study study, OptionalDouble scale, long seed, int runs) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> FIELDS =
      Set.of("study", "yaml", "scale", "days", "seed", "runs");

  /** So many are as good as any more, and take long. */
  private static final int MOST_RUNS = 1_000;

  /**
   * Reads a request in JSON: {@code study} names one that ships, or {@code yaml} is one.
   *
   * @throws Problem if a field is wrong or not known
   * @throws io.gtrace.simulation.study.StudyException if the study itself is wrong
   */
  static StudyRequest of(byte[] json) {
    JsonNode body = MAPPER.readTree(json);
    if (body == null || !body.isObject()) {
      throw wrong("send a JSON object such as {\"study\": \"ghibli-2025\", \"scale\": 0.001}");
    }
    for (String name : body.propertyNames()) {
      if (!FIELDS.contains(name)) {
        throw wrong(
            "unknown field '" + name + "'; known are " + String.join(", ", new TreeSet<>(FIELDS)));
      }
    }
    Study study = study(body);
    OptionalDouble days = number(body, "days");
    if (days.isPresent()) {
      if (!(days.getAsDouble() > 0 && days.getAsDouble() <= Study.MOST_DAYS)) {
        throw wrong("days must be above 0 and at most " + Study.MOST_DAYS);
      }
      study = study.forDays(days.getAsDouble());
    }
    return new StudyRequest(
        study,
        number(body, "scale"),
        whole(body, "seed", 1, Long.MIN_VALUE, Long.MAX_VALUE),
        Math.toIntExact(whole(body, "runs", 1, 1, MOST_RUNS)));
  }

  private static Problem wrong(String detail) {
    return Problem.of(Status.UNPROCESSABLE_CONTENT_422, detail);
  }

  private static Study study(JsonNode body) {
    Optional<String> name = text(body, "study");
    Optional<String> yaml = text(body, "yaml");
    if (name.isPresent() == yaml.isPresent()) {
      throw wrong("give either study, the name of one that ships, or yaml, the text of one");
    }
    if (yaml.isPresent()) {
      return Study.parse("yaml", yaml.get());
    }
    List<String> shipped = Study.shipped();
    if (!shipped.contains(name.get())) {
      throw wrong("study: '" + name.get() + "' is none of " + String.join(", ", shipped));
    }
    return Study.read(name.get());
  }

  private static Optional<String> text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw wrong(name + " must be a text");
    }
    return Optional.of(value.stringValue());
  }

  private static OptionalDouble number(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber()) {
      throw wrong(name + " must be a number");
    }
    return OptionalDouble.of(value.doubleValue());
  }

  private static long whole(JsonNode body, String name, long absent, long least, long most) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToLong()
        || value.longValue() < least
        || value.longValue() > most) {
      throw wrong(
          name + " must be a whole number" + (least > 0 ? ", " + least + " to " + most : ""));
    }
    return value.longValue();
  }
}
