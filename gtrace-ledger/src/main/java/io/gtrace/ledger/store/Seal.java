package io.gtrace.ledger.store;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The seal of one batch.
 *
 * @param number of the batch, from 1, without gaps
 * @param kind what the batch does
 * @param sealedAt when
 * @param previous digest of the seal before it; empty for the first
 * @param factorSet digest of the factors that priced it
 * @param method that priced it
 * @param version of G-TRACE that wrote it
 * @param reason for people: what was read, forgotten or priced anew
 * @param duplicates events that were read and were in the ledger already
 * @param refused rows that were read and not accounted
 * @param userKey digest of the secret that turns ids of users into numbers; empty in seals of
 *     before it was stated
 * @param marks how far sources were read of which only what is new is asked for, by their names
 * @param firstMerged the first of the batches whose events and roll-ups its files hold together; 0
 *     if it merges none
 * @param lastMerged the last of them, as which they go from then on; 0 if it merges none
 * @param files that the batch adds
 * @param removed paths of files that it takes out of the ledger
 */
public record Seal(
    int number,
    Kind kind,
    Instant sealedAt,
    String previous,
    String factorSet,
    String method,
    String version,
    String reason,
    long duplicates,
    long refused,
    String userKey,
    Map<String, String> marks,
    int firstMerged,
    int lastMerged,
    List<SealedFile> files,
    List<String> removed) {

  /** What a batch does. */
  public enum Kind {
    /** Adds events. */
    APPEND,
    /** Prices the events that are there with other factors. */
    REPRICE,
    /** Removes events of a person, or events that are too old. */
    FORGET,
    /** Keeps a document, as an assessment, and changes no event and no price. */
    RECORD,
    /** Puts few large files in the place of many small ones that say the same. */
    COMPACT;

    /** The name in lists, as in {@code append}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Seal {
    marks = Collections.unmodifiableMap(new TreeMap<>(marks));
    files = List.copyOf(files);
    removed = List.copyOf(removed);
  }

  /** Events that the batch adds. */
  public long events() {
    return kind != Kind.APPEND
        ? 0
        : files.stream()
            .filter(file -> file.content() == SealedFile.Content.EVENTS)
            .mapToLong(SealedFile::rows)
            .sum();
  }
}
