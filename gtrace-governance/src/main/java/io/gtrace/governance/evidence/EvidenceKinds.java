package io.gtrace.governance.evidence;

import io.gtrace.governance.evidence.EvidenceRules.Span;
import io.gtrace.simulation.document.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The kinds of evidence that there are, in the order of the levels that they serve. */
public final class EvidenceKinds {
  private static final String FILE = "evidence.yaml";

  private final List<EvidenceKind> kinds;

  private EvidenceKinds(List<EvidenceKind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /** Read once: messages about each missing table ask for it. */
  private static final class Shipped {
    private static final EvidenceKinds KINDS = read();
  }

  /** Those that ship. */
  public static EvidenceKinds shipped() {
    return Shipped.KINDS;
  }

  private static EvidenceKinds read() {
    try (InputStream in = EvidenceKinds.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the build");
      }
      Document document =
          Document.read(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return new EvidenceKinds(
          document.root().properties().stream()
              .map(each -> kind(each.getKey(), each.getValue()))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  public List<EvidenceKind> all() {
    return kinds;
  }

  /** The kind of this name. */
  public Optional<EvidenceKind> named(String id) {
    return kinds.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** All names, for messages. */
  public String names() {
    return kinds.stream().map(EvidenceKind::id).collect(Collectors.joining(", "));
  }

  private static EvidenceKind kind(String id, JsonNode kind) {
    List<EvidenceColumn> columns = new ArrayList<>();
    kind.get("columns")
        .properties()
        .forEach(column -> columns.add(column(column.getKey(), column.getValue())));
    Grade best = grade(kind, "best");
    columns.add(
        new EvidenceColumn(
            EvidenceKind.GRADE,
            EvidenceColumn.Type.WORD,
            false,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            List.of(Grade.values()).stream()
                .filter(best::isAtLeast)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList(),
            Optional.empty(),
            "what the row is worth, E0 (a claim) to " + best + "; empty for the usual"));
    return new EvidenceKind(
        id,
        kind.get("title").stringValue(),
        texts(kind.path("indicators")),
        grade(kind, "grade"),
        best,
        columns,
        rules(kind),
        kind.path("empty_means_none").asBoolean(false));
  }

  private static EvidenceRules rules(JsonNode kind) {
    return new EvidenceRules(
        texts(kind.path("unique")),
        kind.has("span") ? Optional.of(span(kind.get("span"))) : Optional.empty(),
        StreamSupport.stream(kind.path("ascending").spliterator(), false)
            .map(EvidenceKinds::texts)
            .toList(),
        kind.has("longest")
            ? Optional.of(Duration.parse(kind.get("longest").stringValue()))
            : Optional.empty());
  }

  private static Grade grade(JsonNode kind, String field) {
    return Grade.valueOf(kind.get(field).stringValue());
  }

  private static Span span(JsonNode span) {
    return new Span(
        texts(span.get("series")), span.get("from").stringValue(), span.get("to").stringValue());
  }

  private static EvidenceColumn column(String name, JsonNode column) {
    JsonNode more = column.path(2);
    return new EvidenceColumn(
        name,
        EvidenceColumn.Type.valueOf(column.get(0).stringValue().toUpperCase(Locale.ROOT)),
        more.path("required").asBoolean(false),
        bound(more, "min"),
        bound(more, "max"),
        texts(more.path("words")),
        Optional.of(more.path("names").asString(""))
            .filter(each -> !each.isEmpty())
            .map(each -> EvidenceColumn.Named.valueOf(each.toUpperCase(Locale.ROOT))),
        column.get(1).stringValue());
  }

  private static OptionalDouble bound(JsonNode more, String name) {
    return more.has(name)
        ? OptionalDouble.of(more.get(name).doubleValue())
        : OptionalDouble.empty();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::stringValue).toList();
  }
}
