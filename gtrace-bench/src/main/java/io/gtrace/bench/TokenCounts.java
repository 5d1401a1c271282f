package io.gtrace.bench;

import io.gtrace.ledger.UsageAccountant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Token counts of real requests to draw from: the Azure LLM inference traces 2023 that ship with
 * the ledger.
 */
final class TokenCounts {
  private final long[] inputTokens;
  private final long[] outputTokens;

  private TokenCounts(List<long[]> requests) {
    inputTokens = requests.stream().mapToLong(request -> request[0]).toArray();
    outputTokens = requests.stream().mapToLong(request -> request[1]).toArray();
  }

  /** Conversations: long answers. */
  static TokenCounts ofConversations() throws IOException {
    return read("azure/azure_llm_2023_conv.csv.gz");
  }

  /** Code completion: long prompts, short answers. */
  static TokenCounts ofCode() throws IOException {
    return read("azure/azure_llm_2023_code.csv.gz");
  }

  private static TokenCounts read(String trace) throws IOException {
    try (InputStream in = UsageAccountant.class.getResourceAsStream(trace)) {
      if (in == null) {
        throw new IOException(trace + " is missing from the build");
      }
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
      try (Stream<String> lines = reader.lines().skip(1)) {
        return new TokenCounts(lines.map(TokenCounts::tokens).toList());
      }
    }
  }

  /** The last two fields of a line: context tokens, generated tokens. */
  private static long[] tokens(String line) {
    return Arrays.stream(line.split(",")).skip(1).mapToLong(Long::parseLong).toArray();
  }

  /** The number of a request, each as likely as any other. */
  int draw(SplittableRandom random) {
    return random.nextInt(inputTokens.length);
  }

  long inputTokens(int request) {
    return inputTokens[request];
  }

  long outputTokens(int request) {
    return outputTokens[request];
  }
}
