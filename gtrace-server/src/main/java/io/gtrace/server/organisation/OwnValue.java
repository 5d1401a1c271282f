package io.gtrace.server.organisation;

import io.gtrace.factor.CloudRegion;
import io.gtrace.factor.Factor;
import io.gtrace.factor.FactorCatalogue;
import io.gtrace.factor.Model;
import io.gtrace.trace.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an organisation knows better of a factor than the factors do, and where it knows that from.
 *
 * @param kind of factor
 * @param id of the factor among those of its kind
 * @param fields of its row in a file of own factors, source and year among them
 */
public record OwnValue(Kind kind, String id, Map<String, String> fields) {
  public static final String SOURCE = "source";
  public static final String YEAR = "year";
  public static final String TIER = "tier";

  private static final int LONGEST_SOURCE = 500;
  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 2100;

  /**
   * A number of a row.
   *
   * @param name of the field
   * @param label for people, with its unit
   * @param least that it may be
   * @param most that it may be
   * @param isOpen whether it may be neither of these, but what is between them
   */
  public record Statement(String name, String label, double least, double most, boolean isOpen) {
    private static Statement within(String name, String label, double least, double most) {
      return new Statement(name, label, least, most, false);
    }

    private boolean takes(double value) {
      return isOpen ? value > least && value < most : value >= least && value <= most;
    }

    private String bounds() {
      return isOpen
          ? "above " + shown(least) + " and below " + shown(most)
          : shown(least) + " to " + shown(most);
    }
  }

  /**
   * What factors say.
   *
   * @param numbers by the names of statements
   * @param source of them
   */
  public record Known(Map<String, Double> numbers, String source) {
    public Known {
      numbers = Map.copyOf(numbers);
    }
  }

  /** Factors of which values can be given. */
  public enum Kind {
    REGION("cloud_regions"),
    ZONE("grid_intensities"),
    MODEL("models"),
    CONSTANT("assumptions");

    private static final double MOST_PARAMETERS_B = 1e6;
    private static final double LEAST_PARAMETERS_B = 1e-6;
    private static final double MOST = 1e18;

    /** As in files of factors. */
    private static final double MOST_G_PER_KWH = 2_000;

    private static final double G_PER_KG = 1_000;

    private final String section;

    Kind(String section) {
      this.section = section;
    }

    /**
     * The one of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind labelled(String label) {
      return Stream.of(values())
          .filter(each -> each.label().equals(label))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "of what a value is must be region, zone, model or constant, not '"
                      + label
                      + "'"));
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What can be said of it. */
    public List<Statement> statements() {
      return switch (this) {
        case REGION ->
            List.of(
                Statement.within("pue", "PUE", 1, 5),
                Statement.within("wue_l_per_kwh", "WUE, L/kWh", 0, 100));
        case ZONE ->
            List.of(new Statement("g_per_kwh", "Grid, g CO2e/kWh", 0, MOST_G_PER_KWH, true));
        case MODEL ->
            List.of(
                parameters("total_params_b_low", "Parameters from, 10⁹"),
                parameters("total_params_b_high", "Parameters to, 10⁹"),
                parameters("active_params_b_low", "Active from, 10⁹"),
                parameters("active_params_b_high", "Active to, 10⁹"));
        case CONSTANT ->
            List.of(
                Statement.within("median", "Value", -MOST, MOST),
                Statement.within("low", "90 % interval from", -MOST, MOST),
                Statement.within("high", "90 % interval to", -MOST, MOST));
      };
    }

    private static Statement parameters(String name, String label) {
      return Statement.within(name, label, LEAST_PARAMETERS_B, MOST_PARAMETERS_B);
    }

    /**
     * What factors say of one.
     *
     * @throws IllegalArgumentException if they do not know it
     */
    public Known known(FactorCatalogue catalogue, String id) {
      Optional<Known> found =
          switch (this) {
            case REGION ->
                catalogue.regions().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .map(Kind::known);
            case ZONE ->
                catalogue.zones().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .map(zone -> known(catalogue.grid(zone).locationBased(OptionalInt.empty())));
            case MODEL ->
                catalogue.models().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .map(Kind::known);
            case CONSTANT -> catalogue.findAssumption(id).map(Kind::knownConstant);
          };
      return found.orElseThrow(() ->
          new IllegalArgumentException(
              "there is no " + label() + " '" + id + "'; the page of factors lists all"));
    }

    private static Known known(CloudRegion region) {
      return new Known(
          Map.of("pue", region.pue(), "wue_l_per_kwh", region.wueLPerKwh()),
          region.provenance().source());
    }

    private static Known known(Factor grid) {
      return new Known(Map.of("g_per_kwh", G_PER_KG * grid.median()), grid.provenance().source());
    }

    private static Known known(Model model) {
      return new Known(
          Map.of(
              "total_params_b_low", model.totalParametersB().low(),
              "total_params_b_high", model.totalParametersB().high(),
              "active_params_b_low", model.activeParametersB().low(),
              "active_params_b_high", model.activeParametersB().high()),
          model.provenance().source());
    }

    private static Known knownConstant(Factor constant) {
      return new Known(
          Map.of(
              "median", constant.median(),
              "low", constant.scatter().low(),
              "high", constant.scatter().high()),
          constant.provenance().source());
    }

    /** The section of a file of own factors. */
    String section() {
      return section;
    }

    /** Whether its rows say more than what can be said here. */
    private boolean hasMore() {
      return this == REGION || this == MODEL;
    }

    /** The field that says how well it is known. */
    private String tierField() {
      return this == MODEL ? "params_tier" : TIER;
    }
  }

  public OwnValue {
    fields = Map.copyOf(fields);
  }

  /**
   * Reads what somebody says.
   *
   * @param catalogue that knows the factor
   * @param said texts by field: numbers of the kind, source, year and tier
   * @throws IllegalArgumentException if the factor is not known, nothing is said of it, a number is
   *     none or out of bounds, or there is no source
   */
  static OwnValue read(FactorCatalogue catalogue, Kind kind, String id, Map<String, String> said) {
    kind.known(catalogue, id);
    Map<String, String> fields = new LinkedHashMap<>(key(kind, id));
    int numbers = fields.size();
    for (Statement number : kind.statements()) {
      text(said, number.name()).ifPresent(text -> fields.put(number.name(), number(number, text)));
    }
    if (fields.size() == numbers) {
      throw new IllegalArgumentException("say at least one value");
    }
    if (kind == Kind.REGION) {
      if (fields.containsKey("pue")) {
        fields.put("pue_scope", "region");
      }
      if (fields.containsKey("wue_l_per_kwh")) {
        fields.put("wue_scope", "region");
      }
    } else {
      fields.put(kind.tierField(), tier(text(said, TIER).orElse("")));
    }
    fields.put(YEAR, Integer.toString(year(text(said, YEAR).orElse(""))));
    fields.put(SOURCE, source(text(said, SOURCE).orElse("")));
    fields.put("licence", "own");
    return new OwnValue(kind, id, fields);
  }

  private static Optional<String> text(Map<String, String> said, String field) {
    return Optional.ofNullable(said.get(field)).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static String number(Statement number, String text) {
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException(
          number.label() + " must be a number, not '" + text + "'", none);
    }
    if (!number.takes(value)) {
      throw new IllegalArgumentException(
          number.label() + " must be " + number.bounds() + ", not " + text);
    }
    return shown(value);
  }

  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static int year(String text) {
    try {
      int year = Integer.parseInt(text);
      if (year >= FIRST_YEAR && year <= LAST_YEAR) {
        return year;
      }
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("the year must be a number, not '" + text + "'", none);
    }
    throw new IllegalArgumentException(
        "the year must be " + FIRST_YEAR + " to " + LAST_YEAR + ", not " + text);
  }

  private static String tier(String text) {
    return Tier.parse(text)
        .orElseThrow(
            () -> new IllegalArgumentException("say how well it is known, not '" + text + "'"))
        .label();
  }

  private static String source(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("say where the value is from: no value without a source");
    }
    if (text.length() > LONGEST_SOURCE || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the source must be one line of at most " + LONGEST_SOURCE + " characters");
    }
    return text;
  }

  /** The fields that name the row. */
  private static Map<String, String> key(Kind kind, String id) {
    return switch (kind) {
      case REGION -> {
        int slash = id.indexOf('/');
        yield Map.of("provider", id.substring(0, slash), "region", id.substring(slash + 1));
      }
      case ZONE -> Map.of("zone", id, "quantity", "average-lifecycle");
      case MODEL, CONSTANT -> Map.of("id", id);
    };
  }

  /** What it is of: a grid has a value for each year. */
  public String subject() {
    return kind == Kind.ZONE ? id + " " + fields.get(YEAR) : id;
  }

  /** The numbers, as in {@code PUE 1.08}. */
  public String inWords() {
    return String.join(
        "; ",
        kind.statements().stream()
            .filter(number -> fields.containsKey(number.name()))
            .map(number -> number.label() + ": " + fields.get(number.name()))
            .toList());
  }

  public String source() {
    return fields.getOrDefault(SOURCE, "");
  }

  /** Whether it is of the same factor as another one. */
  boolean isOfSame(OwnValue other) {
    return kind == other.kind && subject().equals(other.subject());
  }

  private Stream<Statement> stated() {
    return kind.statements().stream().filter(each -> fields.containsKey(each.name()));
  }

  /** What is left of it where another one of the same factor says some of it anew. */
  Optional<OwnValue> besides(OwnValue newer) {
    Map<String, String> left = new LinkedHashMap<>(fields);
    newer.stated().forEach(each -> left.remove(each.name()));
    OwnValue rest = new OwnValue(kind, id, left);
    return rest.stated().findAny().isPresent() ? Optional.of(rest) : Optional.empty();
  }

  /**
   * The row of a factor for a file of own factors: its source says what is from where.
   *
   * @param beneath what the row is laid over
   * @param values of that factor, at least one, oldest first
   */
  static Map<String, String> row(FactorCatalogue beneath, List<OwnValue> values) {
    Map<String, String> row = new TreeMap<>();
    values.forEach(each -> row.putAll(each.fields()));
    OwnValue one = values.get(0);
    boolean isWhole = one.kind.statements().stream().allMatch(each -> row.containsKey(each.name()));
    Optional<String> rest =
        isWhole && !one.kind.hasMore()
            ? Optional.empty()
            : Optional.of(one.kind.known(beneath, one.id).source());
    if (values.size() > 1 || rest.isPresent()) {
      List<String> sources = new ArrayList<>();
      values.forEach(each -> sources.add(each.labels() + ": " + each.source()));
      rest.ifPresent(source -> sources.add("the rest: " + source));
      row.put(SOURCE, String.join("; ", sources));
    }
    return row;
  }

  private String labels() {
    return String.join(", ", stated().map(Statement::label).toList());
  }
}
