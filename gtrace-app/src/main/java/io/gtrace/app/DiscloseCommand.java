package io.gtrace.app;

import io.gtrace.governance.disclosure.Form;
import io.gtrace.governance.disclosure.Manifest;
import io.gtrace.governance.disclosure.Standard;
import io.gtrace.governance.disclosure.Standards;
import io.gtrace.governance.evidence.Evidence;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.Fault;
import io.gtrace.governance.facts.Facts;
import io.gtrace.governance.facts.LedgerFacts;
import io.gtrace.governance.facts.ReportingPeriod;
import io.gtrace.governance.facts.SiteCheck;
import io.gtrace.governance.facts.WholePeriod;
import io.gtrace.governance.profile.Profile;
import io.gtrace.governance.pyramid.Pyramid;
import io.gtrace.ledger.store.Ledger;
import io.gtrace.report.DisclosureCsv;
import io.gtrace.report.DisclosureJson;
import io.gtrace.report.DisclosureMarkdown;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "disclose",
    mixinStandardHelpOptions = true,
    description = {
      "Fill the forms of standards and laws from a ledger, evidence and a profile.",
      "Each figure comes with its interval, the question to the ledger that gives it, factor sets and"
          + " seal; what is missing is named with where it belongs. Forms and rules:"
          + " docs/disclosures.md."
    },
    footer = {
      "",
      "Example: gtrace disclose --list",
      "Example: gtrace disclose --ledger ledger --profile org.yaml --standard ghg,sci"
          + " --period 2026-Q1 --format markdown --out forms.md"
    })
final class DiscloseCommand implements Callable<Integer> {
  private static final Set<String> AUDIENCES =
      Set.of("ai-office", "authorities", "downstream", "public");
  private static final int FAULTS_SHOWN = 5;

  /** How forms are printed. */
  enum FormFormat {
    text,
    json,
    csv,
    markdown
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--list", description = "List the standards that there are forms for.")
  private boolean list;

  @Option(names = "--ledger", paramLabel = "DIR", description = "The folder of the ledger.")
  private Optional<Path> ledger = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "The organisation (YAML), with its folder of evidence.")
  private Optional<Path> profile = Optional.empty();

  @Option(
      names = "--standard",
      paramLabel = "ID",
      split = ",",
      description = "Which, as --list names them (default: those that the profile says apply).")
  private List<String> standards = List.of();

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description =
          "2026, 2026-H1, 2026-Q1 or 2026-03 (default: the last quarter that the ledger has whole).")
  private Optional<String> period = Optional.empty();

  @Option(
      names = "--audience",
      paramLabel = "READER",
      description =
          "Only fields that ai-office, authorities, downstream (who builds on the model) or public"
              + " may read.")
  private Optional<String> audience = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, csv or markdown (default: text).")
  private FormFormat format = FormFormat.text;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there and do not print.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--manifest",
      paramLabel = "FILE",
      description =
          "Also write all figures with their queries and seals, as figures.csv (evidence).")
  private Optional<Path> manifest = Optional.empty();

  @Option(
      names = "--strict",
      description = "Fail (exit code 6) if a required field is missing or a rule is broken.")
  private boolean strict;

  @Mixin private FactorFile factors = new FactorFile();

  @Override
  public Integer call() {
    Standards known = Standards.shipped();
    if (list) {
      DisclosureText.list(Console.out(spec), known);
      Console.out(spec).flush();
      return ExitCode.DONE;
    }
    Path ledgerFolder = ledger.orElseThrow(() -> needs("--ledger"));
    Path profileFile = profile.orElseThrow(() -> needs("--profile"));
    Optional<ReportingPeriod> named = period.map(ReportingPeriod::parse);
    requireAudience();
    List<OutputFile> files = places(profileFile);
    Profile organisation = Profile.read(profileFile);
    List<Standard> chosen = chosen(known, organisation);
    Ledger.Snapshot snapshot = Ledger.open(ledgerFolder).snapshot();
    ReportingPeriod asked = named.orElseGet(() -> WholePeriod.lastOf(snapshot));
    try (LedgerFacts ledgerFacts = new LedgerFacts(snapshot, asked)) {
      Evidence evidence =
          SiteCheck.of(
              Evidence.read(organisation.evidence(), EvidenceKinds.shipped()), ledgerFacts.sites());
      Facts facts =
          new Facts(
              asked,
              ledgerFacts,
              organisation,
              evidence,
              LedgerCard.of(factors),
              Pyramid.shipped().meteredShare());
      List<Form> forms = chosen.stream().map(each -> Form.filled(each, facts)).toList();
      write(files, shown(forms), ledgerFolder);
      return tell(forms, evidence);
    }
  }

  private static IllegalArgumentException needs(String option) {
    return new IllegalArgumentException(
        "disclose needs " + option + " (gtrace disclose --list shows which standards there are)");
  }

  private void requireAudience() {
    if (audience.isPresent() && !AUDIENCES.contains(audience.get())) {
      throw new IllegalArgumentException(
          "--audience: '"
              + audience.get()
              + "' is none of "
              + String.join(", ", AUDIENCES.stream().sorted().toList()));
    }
  }

  private List<OutputFile> places(Path profileFile) {
    List<OutputFile> files =
        Stream.of(
                out.map(path -> new OutputFile("--out", path)),
                manifest.map(path -> new OutputFile("--manifest", path)))
            .flatMap(Optional::stream)
            .toList();
    files.forEach(file -> {
      file.requireOtherThan(
          Stream.concat(Stream.of(profileFile), factors.path().stream()).toList());
      file.requirePlace();
    });
    return files;
  }

  private List<Standard> chosen(Standards known, Profile organisation) {
    return standards.isEmpty()
        ? known.applyingTo(organisation)
        : standards.stream()
            .map(id ->
                known
                    .named(id.strip().toLowerCase(Locale.ROOT))
                    .orElseThrow(() ->
                        new IllegalArgumentException(
                            "--standard: '" + id + "' is none of " + known.names())))
            .toList();
  }

  private List<Form> shown(List<Form> forms) {
    return audience
        .map(reader -> forms.stream().map(form -> form.forAudience(reader)).toList())
        .orElse(forms);
  }

  private void write(List<OutputFile> files, List<Form> forms, Path ledgerFolder) {
    for (OutputFile file : files) {
      String content =
          file.option().equals("--manifest")
              ? DisclosureCsv.of(Manifest.of(forms, ledgerFolder))
              : printed(forms, ledgerFolder);
      file.write(at -> Files.writeString(at, content));
      Console.err(spec).println("Written: " + file.shortestPath());
    }
    if (out.isEmpty()) {
      Console.out(spec).print(printed(forms, ledgerFolder));
      Console.out(spec).flush();
    }
  }

  private String printed(List<Form> forms, Path ledgerFolder) {
    return switch (format) {
      case json -> DisclosureJson.of(forms, ledgerFolder) + "\n";
      case csv -> DisclosureCsv.of(forms, ledgerFolder);
      case markdown -> DisclosureMarkdown.of(forms, ledgerFolder);
      case text -> DisclosureText.of(forms);
    };
  }

  /** Says what is missing and what was not used, and gives the exit code. */
  private int tell(List<Form> forms, Evidence evidence) {
    PrintWriter err = Console.err(spec);
    boolean isWhole = true;
    for (Form form : forms) {
      String id = form.standard().id();
      if (form.notApplicable().isPresent()) {
        err.println("gtrace: " + id + " does not apply: " + form.notApplicable().get());
      }
      if (!form.missing().isEmpty() || !form.breaches().isEmpty()) {
        isWhole = false;
        err.println(
            "gtrace: "
                + id
                + ": "
                + Numbers.counted(form.missing().size(), "required field", "required fields")
                + " missing, "
                + Numbers.counted(form.breaches().size(), "rule", "rules")
                + " broken");
      }
    }
    evidence.strangers().forEach(each -> err.println("gtrace: " + each));
    List<String> notUsed =
        Stream.of(
                forms.stream().flatMap(form -> form.remarks().stream()),
                evidence.faults().stream().map(Fault::toString))
            .flatMap(each -> each)
            .distinct()
            .toList();
    int exitCode =
        Refusals.tell(
            err,
            Numbers.counted(notUsed.size(), "statement or row", "statements or rows") + " not used",
            notUsed,
            FAULTS_SHOWN);
    err.flush();
    return strict && !isWhole ? ExitCode.GATE : exitCode;
  }
}
