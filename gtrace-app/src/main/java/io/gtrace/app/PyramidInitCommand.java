package io.gtrace.app;

import io.gtrace.governance.evidence.EvidenceKind;
import io.gtrace.governance.evidence.EvidenceKinds;
import io.gtrace.governance.evidence.EvidenceTemplate;
import io.gtrace.governance.profile.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Write a profile to fill in, an empty table for each kind of evidence, and their schemas.",
      "Files that are there already stay as they are."
    },
    footer = {"", "Example: gtrace pyramid init --out governance"})
final class PyramidInitCommand implements Callable<Integer> {
  private static final String PROFILE =
      """
      organisation: Our organisation
      # Folder of the evidence, from the folder of this file.
      evidence: evidence

      # What scores and places are compared with (4.2, 5.1 to 5.3).
      # baseline: {period: 2025-Q1, frozen_on: 2025-04-15}

      # Carbon budget of a year in kgCO2e (4.4).
      # annual_budget_kg: 10000

      # The absolute path (7.1): the ledger's base year, less 4.2 % of it each year.
      # target: {base_year: 2024}

      # Third parties whose signatures on evidence count, with their public keys (E4).
      # assurers: {Auditor GmbH: MCowBQYDK2VwAyEA...}

      # Thresholds of your own; a loosened one is shown in every output.
      # thresholds: {"2.1": 80}

      # What does not concern you, each with its reason.
      # not_applicable:
      #   "2.6": we have no site of our own; all work runs in public clouds
      """;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder; it is made if it is not there.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    int written = 0;
    written += write(folder.resolve("org.yaml"), PROFILE);
    written += write(folder.resolve("schemas").resolve("profile.schema.json"), Profile.schema());
    for (EvidenceKind kind : EvidenceKinds.shipped().all()) {
      written +=
          write(folder.resolve("evidence").resolve(kind.id() + ".csv"), EvidenceTemplate.csv(kind));
      written +=
          write(
              folder.resolve("schemas").resolve(kind.id() + ".schema.json"),
              EvidenceTemplate.schema(kind));
    }
    PrintWriter err = Console.err(spec);
    err.println("Written: " + Numbers.counted(written, "file", "files") + " in " + folder);
    err.println(
        "Next: fill in what you have, then gtrace pyramid assess --ledger DIR --profile "
            + folder.resolve("org.yaml"));
    err.flush();
    return ExitCode.DONE;
  }

  private static int write(Path file, String text) {
    if (Files.exists(file)) {
      return 0;
    }
    OutputFile output = new OutputFile("--out", file);
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(output + " cannot be written: " + Failure.reason(e), e));
    }
    output.write(at -> Files.writeString(at, text, StandardCharsets.UTF_8));
    return 1;
  }
}
