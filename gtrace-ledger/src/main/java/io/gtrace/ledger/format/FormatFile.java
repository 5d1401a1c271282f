package io.gtrace.ledger.format;

import io.gtrace.ledger.UsageColumn;
import io.gtrace.ledger.UsageException;
import io.gtrace.ledger.format.FormatDefinition.Checked;
import io.gtrace.ledger.format.FormatDefinition.Step;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a definition from YAML: a shipped one, or a user's mapping file. */
final class FormatFile {
  private static final int MAX_BYTES = 1 << 20;
  private static final List<String> FIELDS =
      List.of(
          "format",
          "title",
          "accounts",
          "documentation",
          "checked",
          "note",
          "detect",
          "records",
          "keep",
          "columns",
          "identity",
          "carry",
          "repeats",
          "lines",
          "zone");
  private static final List<String> CONDITION_FIELDS =
      List.of("field", "first", "is", "not", "match");
  private static final String KEEP = "keep";
  private static final List<String> KEEP_FIELDS =
      List.of("field", "first", "is", "not", "match", "or");
  private static final List<String> RULE_FIELDS =
      List.of(
          "field",
          "first",
          "always",
          "plus",
          "minus",
          "since",
          "seconds",
          "match",
          "split",
          "part",
          "values",
          "otherwise",
          "times",
          "over",
          "prefix",
          "given");

  /** Between names of which each leads on. */
  private static final String EITHER = "\\|";

  private static final Pattern STEP = Pattern.compile("([^\\[\\]]+)(\\[\\])?");

  private final YamlFields fields;

  private FormatFile(YamlFields fields) {
    this.fields = fields;
  }

  /**
   * A user's mapping file.
   *
   * @throws UsageException if it cannot be read or is not of this form
   */
  static FormatDefinition read(Path path) {
    String file = path.toString();
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new UsageException(file + ": is larger than 1 MB; that is no mapping file");
      }
      String yaml =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString();
      return read(file, yaml);
    } catch (NoSuchFileException missing) {
      throw new UsageException(file + ": there is no such file");
    } catch (CharacterCodingException notText) {
      throw new UsageException(file + ": is not text in UTF-8");
    } catch (IOException unreadable) {
      throw new UsageException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * @param file what messages call it
   * @throws UsageException if it is not of this form
   */
  static FormatDefinition read(String file, String yaml) {
    return new FormatFile(YamlFields.of(file, yaml, FIELDS)).definition();
  }

  private FormatDefinition definition() {
    String id = fields.text("format");
    Map<UsageColumn, Rule> columns = columns();
    return new FormatDefinition(
        id,
        fields.text("title", id),
        fields.text("accounts", ""),
        fields.text("documentation", ""),
        checked(),
        fields.text("note", ""),
        conditions("detect"),
        steps(),
        conditions(KEEP),
        columns,
        fields.texts("identity"),
        carry(),
        !repeats().isEmpty(),
        repeats().equals("joined"),
        lines(),
        zone());
  }

  private Checked checked() {
    String label = fields.text("checked", Checked.OWN.label());
    return Checked.labelled(label)
        .orElseThrow(() ->
            fields.wrong(
                "checked",
                "must be one of "
                    + String.join(", ", Stream.of(Checked.values()).map(Checked::label).toList())
                    + ", not '"
                    + label
                    + "'"));
  }

  private String repeats() {
    String text = fields.text("repeats", "");
    if (!List.of("", "last", "joined").contains(text)) {
      throw fields.wrong(
          "repeats", "must be last or joined, where it is there, not '" + text + "'");
    }
    return text;
  }

  private List<Pattern> lines() {
    List<Pattern> lines = new ArrayList<>();
    for (String each : fields.texts("lines")) {
      try {
        lines.add(Pattern.compile(each));
      } catch (PatternSyntaxException broken) {
        throw fields.wrong("lines", "is no regular expression: " + broken.getDescription());
      }
    }
    return lines;
  }

  private ZoneId zone() {
    String zone = fields.text("zone", "UTC");
    try {
      return ZoneId.of(zone);
    } catch (DateTimeException unknown) {
      throw fields.wrong(
          "zone", "must be a time zone such as Europe/Paris or UTC, not '" + zone + "'");
    }
  }

  private List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    String path = fields.text("records", "");
    if (path.isEmpty()) {
      return steps;
    }
    for (String step : path.split("\\.", -1)) {
      var parsed = STEP.matcher(step);
      if (!parsed.matches()) {
        throw fields.wrong(
            "records", "must be a path such as data[].results[], not '" + path + "'");
      }
      steps.add(new Step(List.of(parsed.group(1).split(EITHER, -1)), parsed.group(2) != null));
    }
    return steps;
  }

  private List<Condition> conditions(String name) {
    return fields.nodes(name).stream().map(node -> condition(name, node)).toList();
  }

  private Condition condition(String name, Node node) {
    if (!(node instanceof MappingNode)) {
      String path = path(fields.textOf(node, name), name, node);
      return new Condition(List.of(path), List.of(), List.of(), Optional.empty(), Optional.empty());
    }
    YamlFields condition =
        fields.mapping(name, node, name.equals(KEEP) ? KEEP_FIELDS : CONDITION_FIELDS);
    List<String> paths =
        condition.has("first") ? condition.texts("first") : List.of(condition.text("field"));
    paths.forEach(path -> path(path, name, node));
    return new Condition(
        paths,
        condition.texts("is"),
        condition.texts("not"),
        condition.has("match") ? Optional.of(pattern(condition)) : Optional.empty(),
        condition.node("or").map(each -> condition(name, each)));
  }

  private String path(String path, String name, Node node) {
    if (path.isBlank() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
      throw fields.wrong(
          node,
          name,
          "must be the path of a field, such as usage.prompt_tokens, not '" + path + "'");
    }
    return path;
  }

  private Map<UsageColumn, Rule> columns() {
    Node node =
        fields
            .node("columns")
            .orElseThrow(() -> fields.wrong("columns", "is missing: which fields hold what?"));
    List<String> known = Stream.of(UsageColumn.values()).map(UsageColumn::label).toList();
    Map<UsageColumn, Rule> columns = new EnumMap<>(UsageColumn.class);
    fields
        .mapping("columns", node, known)
        .all()
        .forEach(
            (name, value) -> columns.put(UsageColumn.named(name).orElseThrow(), rule(name, value)));
    return columns;
  }

  private Map<String, Rule> carry() {
    Map<String, Rule> carry = new LinkedHashMap<>();
    fields
        .node("carry")
        .ifPresent(node ->
            fields
                .mapping("carry", node, List.of())
                .all()
                .forEach((name, value) -> {
                  if (!name.startsWith(FormatDefinition.CARRIED)) {
                    throw fields.wrong(value, name, "must begin with $, as in $session");
                  }
                  carry.put(name, rule(name, value));
                }));
    return carry;
  }

  private Rule rule(String name, Node node) {
    if (node instanceof SequenceNode alternatives) {
      return new Rule.First(
          alternatives.getValue().stream().map(each -> rule(name, each)).toList());
    }
    if (!(node instanceof MappingNode)) {
      return new Rule.Field(path(fields.textOf(node, name), name, node));
    }
    YamlFields rule = fields.mapping(name, node, RULE_FIELDS);
    Rule value = text(name, rule, sum(name, node, rule));
    Rule scaled = rule.has("times") ? scaled(value, rule) : value;
    Rule over =
        rule.node("over")
            .<Rule>map(each -> new Rule.Ratio(scaled, rule(name, each)))
            .orElse(scaled);
    Rule prefixed = rule.has("prefix") ? new Rule.Prefixed(over, rule.text("prefix")) : over;
    return rule.node("given")
        .<Rule>map(each -> new Rule.Given(condition("given", each), prefixed))
        .orElse(prefixed);
  }

  private Rule sum(String name, Node node, YamlFields rule) {
    long origins = Stream.of("field", "first", "always").filter(rule::has).count();
    boolean adds = rule.has("plus") || rule.has("minus");
    if (origins > 1 || (origins == 0 && !rule.has("plus"))) {
      throw rule.wrong(node, name, "must have one of field, first, always or plus");
    }
    Optional<Rule> origin =
        origins == 0
            ? Optional.empty()
            : Optional.of(
                rule.has("always")
                    ? new Rule.Always(rule.text("always"))
                    : rule.has("field")
                        ? new Rule.Field(path(rule.text("field"), name, node))
                        : new Rule.First(rules(name, rule, "first")));
    if (!adds) {
      return origin.orElseThrow();
    }
    return new Rule.Sum(
        Stream.concat(origin.stream(), rules(name, rule, "plus").stream()).toList(),
        rules(name, rule, "minus"));
  }

  private List<Rule> rules(String name, YamlFields rule, String field) {
    return rule.nodes(field).stream().map(each -> rule(name, each)).toList();
  }

  private Rule text(String name, YamlFields rule, Rule origin) {
    Rule value =
        rule.node("since")
            .<Rule>map(each -> new Rule.Elapsed(origin, rule(name, each)))
            .orElse(origin);
    if (rule.has("seconds")) {
      if (!rule.text("seconds").equals("true")) {
        throw rule.wrong("seconds", "must be true, where it is there");
      }
      value = new Rule.Seconds(value);
    }
    if (rule.has("match")) {
      value = new Rule.Match(value, group(rule));
    }
    if (rule.has("split")) {
      value = new Rule.Part(value, separator(rule), part(rule));
    }
    if (rule.has("values") || rule.has("otherwise")) {
      Optional<String> otherwise =
          rule.has("otherwise") ? Optional.of(rule.text("otherwise")) : Optional.empty();
      value = new Rule.Choice(value, values(name, rule), otherwise);
    }
    return value;
  }

  private static Map<String, String> values(String name, YamlFields rule) {
    Map<String, String> values = new LinkedHashMap<>();
    rule.node("values")
        .ifPresent(node ->
            rule.mapping(name, node, List.of())
                .all()
                .forEach((from, to) -> values.put(from, rule.textOf(to, name))));
    return values;
  }

  private static Pattern group(YamlFields rule) {
    Pattern pattern = pattern(rule);
    if (pattern.matcher("").groupCount() < 1) {
      throw rule.wrong("match", "must have a group in brackets: what is taken");
    }
    return pattern;
  }

  private static Pattern pattern(YamlFields rule) {
    try {
      return Pattern.compile(rule.text("match"));
    } catch (PatternSyntaxException broken) {
      throw rule.wrong("match", "is no regular expression: " + broken.getDescription());
    }
  }

  private static String separator(YamlFields rule) {
    String separator = rule.text("split");
    if (separator.isEmpty()) {
      throw rule.wrong("split", "must be what stands between the parts");
    }
    return separator;
  }

  private static int part(YamlFields rule) {
    int part = number(rule, "part").intValue();
    if (part < 1) {
      throw rule.wrong("part", "must be 1 for the first part, 2 for the second ...");
    }
    return part;
  }

  /** A factor may be written as a fraction, as in 1/3600. */
  private static Rule scaled(Rule value, YamlFields rule) {
    String text = rule.text("times");
    int slash = text.indexOf('/');
    BigDecimal times = number(rule, "times", slash < 0 ? text : text.substring(0, slash));
    BigDecimal over = slash < 0 ? BigDecimal.ONE : number(rule, "times", text.substring(slash + 1));
    if (over.signum() == 0) {
      throw rule.wrong("times", "must not divide by 0");
    }
    return new Rule.Scaled(value, times, over);
  }

  private static BigDecimal number(YamlFields rule, String name) {
    return number(rule, name, rule.text(name));
  }

  private static BigDecimal number(YamlFields rule, String name, String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notNumber) {
      throw rule.wrong(name, "must be a number, not '" + text + "'");
    }
  }
}
