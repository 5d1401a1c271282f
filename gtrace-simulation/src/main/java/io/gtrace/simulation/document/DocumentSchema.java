package io.gtrace.simulation.document;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON Schema (draft 2020-12) that files are held to. */
public final class DocumentSchema {
  private static final Set<String> UNKNOWN_FIELD =
      Set.of("additionalProperties", "unevaluatedProperties");

  private final JsonNode json;
  private final Schema schema;

  private DocumentSchema(JsonNode json, Schema schema) {
    this.json = json;
    this.schema = schema;
  }

  /**
   * @param json the schema
   */
  public static DocumentSchema of(String json) {
    return new DocumentSchema(
        JsonMapper.shared().readTree(json),
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(json));
  }

  /**
   * @throws DocumentException that tells of the first fault, if there is one
   */
  public void check(Document tree) {
    List<Error> errors = new ArrayList<>(schema.validate(tree.root()));
    if (errors.isEmpty()) {
      return;
    }
    // The deepest fault is the one that a person made; the others follow from it.
    Error first =
        errors.stream()
            .max(Comparator.comparingInt(error -> error.getInstanceLocation().getNameCount()))
            .orElseThrow();
    StringBuilder pointer = new StringBuilder();
    for (int i = 0; i < first.getInstanceLocation().getNameCount(); i++) {
      pointer.append('/').append(first.getInstanceLocation().getName(i));
    }
    if (UNKNOWN_FIELD.contains(first.getKeyword())) {
      pointer.append('/').append(first.getProperty());
    }
    throw tree.fault(pointer.toString(), plain(tree.at(pointer.toString()), first));
  }

  private String plain(JsonNode found, Error error) {
    @Nullable String property = error.getProperty();
    return switch (error.getKeyword()) {
      case "additionalProperties", "unevaluatedProperties" ->
          "there is no such field" + known(error);
      case "pattern", "type" -> expected(found, error);
      case "enum" -> mustBe("one of " + joined(ruleOf(error).path("enum"), ", "), found);
      case "required" -> "needs a field '" + property + "'";
      case "minimum" -> bound(found, "at least", error);
      case "maximum" -> bound(found, "at most", error);
      case "exclusiveMinimum" -> bound(found, "above", error);
      default -> error.getMessage();
    };
  }

  /**
   * The fields that there are beside one that is not; nothing where the schema does not list them.
   */
  private String known(Error error) {
    List<String> names = new ArrayList<>(ruleOf(error).path("properties").propertyNames());
    return names.isEmpty() ? "" : "; there are " + String.join(", ", names);
  }

  /** What a schema says in words, with its examples: nobody should have to read a pattern. */
  private String expected(JsonNode found, Error error) {
    JsonNode rule = ruleOf(error);
    String said = rule.path("description").asString("").replaceAll("\\.$", "");
    JsonNode examples = rule.path("examples");
    if (said.isEmpty() || examples.isEmpty()) {
      return error.getKeyword().equals("type")
          ? mustBe(typeInWords(rule.path("type")), found)
          : "'" + found.asString("") + "' " + error.getMessage();
    }
    String words = said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    return mustBe(words + ", such as " + joined(examples, " or "), found);
  }

  private static String typeInWords(JsonNode type) {
    return (type.isArray() ? type.valueStream() : Stream.of(type))
        .map(each ->
            switch (each.asString("")) {
              case "array" -> "a list in [ ]";
              case "boolean" -> "true or false";
              case "integer" -> "a whole number";
              case "number" -> "a number";
              case "object" -> "fields with their values";
              default -> "text, in quotes";
            })
        .collect(Collectors.joining(" or "));
  }

  private static String mustBe(String what, JsonNode found) {
    String instead =
        found.isArray() ? "a list" : found.isObject() ? "fields" : "'" + found.asString("") + "'";
    return "must be " + what + ", not " + instead;
  }

  private static String joined(JsonNode values, String between) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(between));
  }

  /** The rule of the schema that is broken, also where others refer to it. */
  private JsonNode ruleOf(Error error) {
    NodePath keyword = error.getSchemaLocation().getFragment();
    JsonNode rule = json;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      Object name = keyword.getElement(i);
      rule = name instanceof Integer index ? rule.path(index) : rule.path(name.toString());
    }
    return rule;
  }

  private static String bound(JsonNode found, String relation, Error error) {
    Object[] arguments = error.getArguments();
    return "must be "
        + relation
        + " "
        + (arguments.length == 0 ? "its bound" : String.valueOf(arguments[0]))
        + ", not "
        + found.asString("");
  }
}
