package io.gtrace.ledger.store;

import io.gtrace.ledger.store.SealedFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Documents that are kept with a ledger and sealed like its batches, so that what was said of it at
 * a time cannot be changed later.
 */
public final class LedgerRecords {
  private static final String ENDING = ".json";

  private LedgerRecords() {}

  /**
   * Keeps a document as a batch of its own.
   *
   * @param kind what it is, in lower-case letters, as {@code assessment}
   * @param json the document
   * @param reason for people
   * @param version of G-TRACE
   * @param wait how long to wait for another writer
   * @throws LedgerException if the ledger is empty, locked or damaged
   */
  public static Seal keep(
      Ledger ledger,
      String kind,
      String json,
      String reason,
      String version,
      Duration wait,
      InstantSource clock) {
    try (LedgerWriter writer = ledger.writer(wait, clock)) {
      Seal last =
          writer
              .snapshot()
              .newestSeal()
              .orElseThrow(() ->
                  new LedgerException(
                      ledger.folder()
                          + ": the ledger is empty; there is nothing to keep a document of"));
      Path file = writer.fileFor(Content.RECORD, kind);
      Files.writeString(file, json);
      writer.add(Content.RECORD, file, 1, Map.of());
      return writer.seal(
          new LedgerWriter.About(
              Seal.Kind.RECORD, last.factorSet(), last.method(), version, reason, 0, 0, Map.of()),
          List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All documents of a kind, oldest first.
   *
   * @throws LedgerException if one is not as it was sealed
   */
  public static List<String> all(Ledger.Snapshot ledger, String kind) {
    return ledger.live(Content.RECORD).stream()
        .filter(file -> file.path().endsWith("-" + kind + ENDING))
        .map(file -> text(ledger, file))
        .toList();
  }

  private static String text(Ledger.Snapshot ledger, SealedFile file) {
    try {
      byte[] bytes = Files.readAllBytes(ledger.path(file));
      if (!Digest.of(bytes).equals(file.sha256())) {
        throw new LedgerException(
            "the ledger is damaged: " + file.path() + " was changed since it was sealed");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new LedgerException(
          "the ledger is damaged: " + file.path() + " cannot be read", unreadable);
    }
  }
}
