package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Real usage to try G-TRACE on: one hour each of two services on Azure in November 2023, 28,185
 * requests with their token counts (Azure LLM inference traces 2023, CC-BY 4.0; attribution beside
 * the files). The traces name neither model nor region nor team. Those are assumed here, and the
 * account says so: they show what an account looks like, not what these services emitted.
 */
final class AzureTraces {
  static final String TITLE = "Azure LLM inference traces, November 2023";
  private static final String SITE = "azure/eastus";

  private AzureTraces() {}

  static List<UsageSource> sources() {
    return List.of(
        source("azure_llm_2023_conv.csv.gz", 19_366, "gpt-4o", "assistant", "conversation"),
        source(
            "azure_llm_2023_code.csv.gz", 8_819, "gpt-4o-mini", "engineering", "code completion"));
  }

  /** What is assumed of the traces, for people. */
  static List<String> assumptions() {
    return List.of(
        "The traces give time and tokens. Assumed: conversation ran on gpt-4o for a team"
            + " 'assistant', code on gpt-4o-mini for a team 'engineering', both in Azure East US.");
  }

  private static UsageSource source(
      String file, long requests, String model, String team, String app) {
    return new UsageSource(
        file,
        UsageFormat.CSV,
        new InputFormat.Plain(),
        requests,
        Optional.empty(),
        () -> open(file),
        true,
        Map.of(
            UsageColumn.MODEL, model,
            UsageColumn.SITE, SITE,
            UsageColumn.TEAM, team,
            UsageColumn.APP, app));
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = AzureTraces.class.getResourceAsStream("azure/" + file);
    if (in == null) {
      throw new IOException(file + " is missing from the build");
    }
    return in;
  }
}
