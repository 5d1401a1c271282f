package io.gtrace.governance.disclosure;

import io.gtrace.governance.profile.Profile;
import io.gtrace.simulation.document.Document;
import io.gtrace.simulation.document.DocumentException;
import io.gtrace.simulation.document.DocumentSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * The standards that there are forms for.
 *
 * @param version of the file that they come from
 */
public record Standards(String version, List<Standard> all) {
  private static final String FILE = "disclosures.yaml";
  private static final String SCHEMA = "disclosures.schema.json";
  private static final double TOLERANCE = 1e-6;

  public Standards {
    all = List.copyOf(all);
  }

  /** Those that ship. */
  public static Standards shipped() {
    return read(FILE, resource(FILE));
  }

  /** The JSON Schema of such files. */
  public static String schema() {
    return resource(SCHEMA);
  }

  /**
   * Reads standards.
   *
   * @param file its name, for messages
   * @throws DocumentException if they cannot be used; the message says what, in which line
   */
  public static Standards read(String file, String yaml) {
    Document document = Document.read(file, yaml);
    DocumentSchema.of(schema()).check(document);
    List<Standard> standards = new ArrayList<>();
    JsonNode array = document.root().get("standards");
    for (int i = 0; i < array.size(); i++) {
      standards.add(new Reader(document, "/standards/" + i).standard());
    }
    return new Standards(document.root().get("version").asString(), standards);
  }

  private static String resource(String name) {
    try (InputStream in = Standards.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  /** The standard of this name. */
  public Optional<Standard> named(String id) {
    return all.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** All names, for messages. */
  public String names() {
    return all.stream().map(Standard::id).collect(Collectors.joining(", "));
  }

  /**
   * Those that apply to an organisation by its profile.
   *
   * @throws DocumentException if it names one that is not there
   */
  public List<Standard> applyingTo(Profile profile) {
    List<Standard> applying = new ArrayList<>();
    for (int i = 0; i < profile.standards().size(); i++) {
      String id = profile.standards().get(i);
      String pointer = "/standards/" + i;
      applying.add(
          named(id)
              .orElseThrow(() -> profile.fault(pointer, "'" + id + "' is none of " + names())));
    }
    return applying;
  }

  /** Reads one standard of a document. */
  private record Reader(Document document, String pointer) {

    Standard standard() {
      JsonNode node = document.at(pointer);
      List<Field> fields = fields(node);
      Standard without =
          new Standard(
              node.get("id").stringValue(),
              node.get("title").stringValue(),
              node.get("act").stringValue(),
              Standard.Status.valueOf(node.get("status").stringValue().toUpperCase(Locale.ROOT)),
              LocalDate.parse(node.get("date").stringValue()),
              node.get("source").stringValue(),
              node.path("note").asString(""),
              node.path("taxonomy").asString(""),
              condition(node),
              fields,
              List.of());
      return new Standard(
          without.id(),
          without.title(),
          without.act(),
          without.status(),
          without.date(),
          without.source(),
          without.note(),
          without.taxonomy(),
          without.condition(),
          fields,
          rules(without, node));
    }

    private List<Field> fields(JsonNode standard) {
      List<Field> fields = new ArrayList<>();
      JsonNode sections = standard.get("sections");
      for (int s = 0; s < sections.size(); s++) {
        JsonNode section = sections.get(s);
        for (int f = 0; f < section.get("fields").size(); f++) {
          String at = pointer + "/sections/" + s + "/fields/" + f;
          Field field = field(section, section.get("fields").get(f), at);
          if (!field.xbrl().isEmpty() && !standard.has("taxonomy")) {
            throw document.fault(
                at + "/xbrl", "add to the standard the taxonomy that has " + field.xbrl());
          }
          if (fields.stream().anyMatch(each -> each.id().equals(field.id()))) {
            throw document.fault(at, "'" + field.id() + "' is there twice");
          }
          fields.add(field);
        }
      }
      return fields;
    }

    private Field field(JsonNode section, JsonNode field, String at) {
      Optional<String> source = text(field, "from");
      String unit = field.path("unit").asString("");
      if (source.isPresent() && Sources.named(source.get(), unit).isEmpty()) {
        throw document.fault(
            at + "/from", "'" + source.get() + "' is none of " + String.join(", ", Sources.ids()));
      }
      return new Field(
          field.get("id").stringValue(),
          section.get("name").stringValue(),
          field.get("label").stringValue(),
          text(field, "unit").map(UnitOfMeasure::parse),
          source,
          !field.path("needed").asString("required").equals("optional"),
          condition(field),
          texts(field.path("words")),
          texts(field.path("audience")),
          section.path("draft").asBoolean(false),
          field.path("xbrl").asString(""));
    }

    private static Condition condition(JsonNode node) {
      return Condition.named(node.path("when").asString("always")).orElse(Condition.ALWAYS);
    }

    private static Optional<String> text(JsonNode node, String name) {
      return node.has(name) ? Optional.of(node.get(name).asString()) : Optional.empty();
    }

    private static List<String> texts(JsonNode array) {
      return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }

    private List<Rule> rules(Standard standard, JsonNode node) {
      List<Rule> rules = new ArrayList<>();
      for (int r = 0; r < node.get("rules").size(); r++) {
        String at = pointer + "/rules/" + r;
        JsonNode rule = node.get("rules").get(r);
        named(rule).stream()
            .filter(field -> standard.field(field).isEmpty())
            .findFirst()
            .ifPresent(field -> {
              throw document.fault(at, "'" + field + "' is no field of " + standard.id());
            });
        rules.add(rule(rule));
      }
      return rules;
    }

    /** All fields that a rule names. */
    private static List<String> named(JsonNode rule) {
      List<String> named = new ArrayList<>();
      text(rule, "field").ifPresent(named::add);
      for (String list : List.of("fields", "never_added", "never_netted")) {
        named.addAll(texts(rule.path(list)));
      }
      rule.path("terms").forEach(term -> texts(term).forEach(each -> named.add(plain(each))));
      return named;
    }

    private static String plain(String factor) {
      return factor.startsWith("/") ? factor.substring(1) : factor;
    }

    private static Rule rule(JsonNode rule) {
      String because = rule.get("because").stringValue();
      List<String> fields = texts(rule.path("fields"));
      return switch (Rule.Kind.valueOf(rule.get("kind").stringValue())) {
        case PRESENT -> new Rule.Present(fields, because);
        case VER -> new Rule.Versioned(fields, because);
        case COV ->
            new Rule.Covered(
                rule.get("field").stringValue(), rule.get("at_least").doubleValue(), because);
        case UNIT ->
            new Rule.InUnit(
                fields,
                UnitOfMeasure.parse(rule.get("unit").stringValue()),
                number(rule, "min"),
                number(rule, "max"),
                rule.path("digits").asInt(1),
                because);
        case EQ ->
            new Rule.Equal(
                rule.get("field").stringValue(),
                StreamSupport.stream(rule.get("terms").spliterator(), false)
                    .map(Reader::term)
                    .toList(),
                rule.path("tolerance").asDouble(TOLERANCE),
                because);
        case SEP -> separation(rule, fields, because);
      };
    }

    private static Rule.Term term(JsonNode factors) {
      List<String> all = texts(factors);
      return new Rule.Term(
          all.stream().filter(each -> !each.startsWith("/")).toList(),
          all.stream().filter(each -> each.startsWith("/")).map(Reader::plain).toList());
    }

    private static Rule separation(JsonNode rule, List<String> fields, String because) {
      if (rule.has("never_added")) {
        List<String> pair = texts(rule.get("never_added"));
        return new Rule.NeverAdded(pair.get(0), pair.get(1), because);
      }
      if (rule.has("never_netted")) {
        List<String> pair = texts(rule.get("never_netted"));
        return new Rule.NeverNetted(pair.get(0), pair.get(1), because);
      }
      return rule.has("without")
          ? new Rule.Without(fields, accounts(rule.get("without")), because)
          : new Rule.Apart(accounts(rule.get("apart")), because);
    }

    private static Set<Account> accounts(JsonNode array) {
      return texts(array).stream()
          .flatMap(label -> Account.named(label).stream())
          .collect(Collectors.toSet());
    }

    private static OptionalDouble number(JsonNode rule, String name) {
      return rule.has(name)
          ? OptionalDouble.of(rule.get(name).doubleValue())
          : OptionalDouble.empty();
    }
  }
}
