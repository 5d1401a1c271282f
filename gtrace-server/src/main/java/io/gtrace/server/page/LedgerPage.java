package io.gtrace.server.page;

import io.gtrace.ledger.LedgerReprice;
import io.gtrace.ledger.format.Formats;
import io.gtrace.ledger.query.LedgerQuery;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.ledger.store.Seal;
import io.gtrace.report.Figures;
import io.gtrace.report.LineTable.Cell;
import io.gtrace.report.PageParts;
import io.gtrace.report.TextTable;
import io.gtrace.report.TextTable.Head;
import io.gtrace.report.TextTable.Row;
import io.gtrace.server.access.Scope;
import io.gtrace.server.organisation.ModelMappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The ledger itself: its chain of seals, what it did not take, what it does not know. */
final class LedgerPage implements View {
  private static final int PAGE_ROWS = 25;
  private static final int REFUSALS = 30;
  private static final int UNKNOWN = 100;
  private static final int DIGEST_SHOWN = 12;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Visit visit;
  private final Ledger.Snapshot snapshot;
  private final Map<String, Long> unknown;
  private final ModelMappings mappings;

  /** Each is read when it is asked for. */
  private final List<Seal> seals;

  private final int first;

  /** A model that the factors did not know. */
  record Unknown(String id, String name, String activities, String mapped) {}

  private LedgerPage(Visit visit) {
    this.visit = visit;
    snapshot = visit.organisation().ledger().snapshot();
    seals = snapshot.seals();
    unknown =
        visit.caller().seesOperation() ? visit.ledger().with(LedgerQuery::unknownModels) : Map.of();
    mappings = visit.organisation().modelMappings();
    first = (int) Math.min(visit.fields().whole("first", 0), Math.max(0, seals.size() - 1));
  }

  static LedgerPage of(Visit visit) {
    return new LedgerPage(visit);
  }

  /** Where the server keeps what belongs to it and not to the ledger. */
  static Path stateFolder(Visit visit) {
    return visit.organisation().ledger().folder().resolve("server");
  }

  @Override
  public String template() {
    return "ledger.jte";
  }

  @Override
  public String title() {
    return "Ledger";
  }

  @Override
  public Room room() {
    return Room.LEDGER;
  }

  @Override
  public String module() {
    return "ledger.js";
  }

  boolean seesOperation() {
    return visit.caller().seesOperation();
  }

  boolean maySend() {
    return visit.caller().may(Scope.INGEST);
  }

  String events() {
    return Figures.count(snapshot.events());
  }

  String batches() {
    return Figures.count(seals.size());
  }

  String seal() {
    return snapshot.head().seal();
  }

  String waiting() {
    return Figures.count(visit.organisation().waitingBytes());
  }

  boolean isWaiting() {
    return visit.intake().isWaiting();
  }

  String trouble() {
    return visit.intake().trouble();
  }

  boolean hasSeals() {
    return !seals.isEmpty();
  }

  String seals() {
    List<Seal> newestFirst = seals.reversed();
    List<Seal> shown = newestFirst.subList(first, Math.min(newestFirst.size(), first + PAGE_ROWS));
    return PageParts.table(
        new TextTable(
            String.format(
                Locale.ROOT,
                "Batches, newest first: %d to %d of %,d",
                first + 1,
                first + shown.size(),
                newestFirst.size()),
            List.of(
                Head.words("Batch"),
                Head.words("Sealed (UTC)"),
                Head.words("What it does"),
                Head.number("Events", ""),
                Head.number("Known before", ""),
                Head.number("Refused", ""),
                Head.words("Seal")),
            shown.stream().map(this::row).toList()));
  }

  /** A seal is named by the one after it, or by the head of the ledger. */
  private String digest(Seal seal) {
    return seal.number() < seals.size()
        ? seals.get(seal.number()).previous()
        : snapshot.head().seal();
  }

  private Row row(Seal seal) {
    return new Row(
        Integer.toString(seal.number()),
        "",
        List.of(
            TextTable.plain(Moments.minute(seal.sealedAt())),
            TextTable.plain(
                seal.kind().name().toLowerCase(Locale.ROOT)
                    + (seal.reason().isEmpty() ? "" : ": " + seal.reason())),
            TextTable.plain(Figures.count(seal.events())),
            TextTable.plain(Figures.count(seal.duplicates())),
            TextTable.plain(Figures.count(seal.refused())),
            TextTable.plain(shortened(digest(seal)))));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(digest.length(), "sha256:".length() + DIGEST_SHOWN));
  }

  String before() {
    return first > 0 ? link(Math.max(0, first - PAGE_ROWS)) : "";
  }

  String after() {
    return first + PAGE_ROWS < seals.size() ? link(first + PAGE_ROWS) : "";
  }

  private static String link(int from) {
    return "/ledger?first=" + from + "#batches";
  }

  /** Models that are not known, those with most activities first. */
  List<Unknown> unknown() {
    Map<String, String> mapped = mappings.all();
    List<Unknown> found = new ArrayList<>();
    unknown.forEach((name, activities) -> {
      if (found.size() < UNKNOWN) {
        found.add(
            new Unknown(
                "unknown-" + found.size(),
                name,
                Figures.count(activities),
                mapped.getOrDefault(name, "")));
      }
    });
    return found;
  }

  /** Whether somebody said what an unknown model is. */
  boolean hasMappings() {
    return seesOperation() && !mappings.all().isEmpty();
  }

  /** Whether something is there yet that was priced before somebody said so. */
  boolean hasOldPrices() {
    return unknown.keySet().stream().anyMatch(mappings.all()::containsKey)
        && visit.caller().may(Scope.ADMIN);
  }

  /** What the last pricing anew changed, in sentences; empty if there was none. */
  String restated() {
    return seesOperation() ? visit.organisation().restated().map(LedgerPage::words).orElse("") : "";
  }

  static String words(LedgerReprice.Restatement restatement) {
    String carbon = Figures.carbon(restatement.after().footprint().carbonKg());
    String changed =
        restatement.seal().isEmpty()
            ? "Nothing to price anew: the carbon of all is " + carbon + " by these factors already."
            : "Priced anew: the carbon of all is "
                + carbon
                + "; it was "
                + Figures.carbon(restatement.before().footprint().carbonKg())
                + ". What was sealed stays; a batch of its own holds the new prices.";
    return changed + restatement.note().map(note -> " Note: " + note + ".").orElse("");
  }

  /** The file of own factors that says so. */
  String mappingsFile() {
    return mappings.factors().toString();
  }

  String mappingsText() {
    try {
      return Files.readString(mappings.factors());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Names of models that are known, to choose from. */
  List<String> models() {
    return unknown.isEmpty()
        ? List.of()
        : visit.card().catalogue().models().stream().map(model -> model.id()).toList();
  }

  /** Formats to choose from. */
  List<CalculatorPage.Choice> formats() {
    return Formats.shipped().all().stream()
        .map(format -> new CalculatorPage.Choice(format.id(), format.title()))
        .toList();
  }

  /** The newest rows that the ledger did not take after all; empty text if there are none. */
  String refusals() {
    if (!seesOperation()) {
      return "";
    }
    List<Row> rows = new ArrayList<>();
    for (Path file : refusedFiles()) {
      add(file, rows);
    }
    return rows.isEmpty()
        ? ""
        : PageParts.table(
            new TextTable(
                "Rows that were refused while they were sealed, newest first",
                List.of(
                    Head.words("File"),
                    Head.number("Line", ""),
                    Head.words("Field"),
                    Head.words("Reason"),
                    Head.words("What was there")),
                rows));
  }

  private List<Path> refusedFiles() {
    Path folder = stateFolder(visit);
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(each -> String.valueOf(each.getFileName()).matches("refused-.*\\.jsonl"))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void add(Path file, List<Row> rows) {
    try (Stream<String> lines = Files.lines(file)) {
      lines.limit(REFUSALS - rows.size()).forEach(line -> rows.add(refusal(file, line)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row refusal(Path file, String line) {
    JsonNode entry;
    try {
      entry = JSON.readTree(line);
    } catch (JacksonException damaged) {
      return new Row(
          String.valueOf(file.getFileName()),
          "",
          List.of(plain(""), plain(""), plain("this line of the file is damaged"), plain("")));
    }
    String there =
        entry.has("row") ? entry.path("row").toString() : entry.path("text").asString("");
    return new Row(
        String.valueOf(file.getFileName()),
        "",
        List.of(
            plain(Long.toString(entry.path("line").asLong(0))),
            plain(entry.path("field").asString("")),
            plain(entry.path("reason").asString("")),
            plain(there)));
  }

  private static Cell plain(String text) {
    return TextTable.plain(text);
  }
}
