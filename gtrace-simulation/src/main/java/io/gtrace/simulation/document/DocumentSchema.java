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
      case "pattern" -> expected(found, error);
      case "enum", "type" -> "'" + found.asString("") + "' " + error.getMessage();
      case "required" -> "needs a field '" + property + "'";
      case "minimum" -> bound(found, "at least", error);
      case "maximum" -> bound(found, "at most", error);
      case "exclusiveMinimum" -> bound(found, "above", error);
      default -> error.getMessage();
    };
  }

  /**
   * The fields that there are beside one that is not; nothing where the schema refers elsewhere.
   */
  private String known(Error error) {
    JsonNode around = json;
    for (int i = 0; i < error.getEvaluationPath().getNameCount() - 1; i++) {
      around = around.path(error.getEvaluationPath().getName(i));
    }
    List<String> names = new ArrayList<>(around.path("properties").propertyNames());
    return names.isEmpty() ? "" : "; there are " + String.join(", ", names);
  }

  /** What a schema says in words, with its examples: nobody should have to read a pattern. */
  private String expected(JsonNode found, Error error) {
    NodePath keyword = error.getSchemaLocation().getFragment();
    JsonNode around = json;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      around = around.path(keyword.getName(i));
    }
    String said = around.path("description").asString("").replaceAll("\\.$", "");
    if (said.isEmpty()) {
      return "'" + found.asString("") + "' " + error.getMessage();
    }
    String examples =
        around
            .path("examples")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(" or "));
    return "must be "
        + said.substring(0, 1).toLowerCase(Locale.ROOT)
        + said.substring(1)
        + (examples.isEmpty() ? "" : ", such as " + examples)
        + ", not '"
        + found.asString("")
        + "'";
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
