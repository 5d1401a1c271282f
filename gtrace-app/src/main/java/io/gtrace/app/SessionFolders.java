package io.gtrace.app;

import io.gtrace.activity.Activity;
import io.gtrace.call.CallTotals;
import io.gtrace.call.PricedCall;
import io.gtrace.ledger.Reading;
import io.gtrace.ledger.UsageAccountant;
import io.gtrace.ledger.UsageDefaults;
import io.gtrace.ledger.UsageException;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.RateCard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The calls in folders that coding agents write their sessions to. Files are read again when they
 * have changed, and calls that a resumed session repeats count once.
 */
final class SessionFolders {
  private static final String ENDING = ".jsonl";

  private final List<Path> folders;
  private final RateCard card;
  private final UsageDefaults defaults;
  private final InstantSource clock;
  private final Map<Path, Session> sessions = new HashMap<>();

  /** A file as it was when it was read. */
  private record Session(FileState state, List<Call> calls, boolean readable) {}

  private record FileState(long bytes, FileTime modified) {}

  private record Call(String id, Instant when, PricedCall priced) {}

  /**
   * What was found.
   *
   * @param calls of all that were made since
   * @param unreadable files that hold nothing that is known
   */
  record Found(CallTotals.Total calls, List<Path> unreadable) {}

  /**
   * @param folders each is there
   * @param clock no call can be later
   */
  SessionFolders(List<Path> folders, RateCard card, UsageDefaults defaults, InstantSource clock) {
    this.folders = List.copyOf(folders);
    this.card = card;
    this.defaults = defaults;
    this.clock = clock;
  }

  /** Looks again, and sums the calls made since a moment. */
  Found since(Instant from) {
    Map<Path, FileState> now = files(from);
    sessions.keySet().retainAll(now.keySet());
    now.forEach((file, state) -> {
      Session known = sessions.get(file);
      if (known == null || !known.state().equals(state)) {
        sessions.put(file, read(file, state));
      }
    });
    CallTotals totals = new CallTotals(card);
    Set<String> counted = new HashSet<>();
    List<Path> unreadable = new ArrayList<>();
    sessions.forEach((file, session) -> {
      if (!session.readable()) {
        unreadable.add(file);
      }
      for (Call call : session.calls()) {
        if (!call.when().isBefore(from) && (call.id().isEmpty() || counted.add(call.id()))) {
          totals.accept(call.priced());
        }
      }
    });
    return new Found(totals.total(), unreadable.stream().sorted().toList());
  }

  /** Files that were written since: others hold no call that counts. */
  private Map<Path, FileState> files(Instant from) {
    Map<Path, FileState> found = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> below = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) below::iterator) {
          if (file.toString().endsWith(ENDING) && Files.isRegularFile(file)) {
            FileState state = new FileState(Files.size(file), Files.getLastModifiedTime(file));
            if (state.bytes() > 0 && !state.modified().toInstant().isBefore(from)) {
              found.put(file, state);
            }
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return found;
  }

  private Session read(Path file, FileState state) {
    List<Call> calls = new ArrayList<>();
    try {
      Path scratch = Files.createTempDirectory("gtrace-watch");
      Path refused = scratch.resolve("refused.jsonl");
      try {
        new UsageAccountant(card, clock, Reading.SILENT)
            .each(
                List.of(file),
                defaults,
                refused,
                (line, id, model, activity, row) -> calls.add(call(id, activity, row)));
        return new Session(state, List.copyOf(calls), true);
      } catch (UsageException noUsage) {
        return new Session(state, List.of(), false);
      } finally {
        Files.deleteIfExists(refused);
        Files.deleteIfExists(scratch);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Call call(String id, Activity activity, CardRow row) {
    Instant when = activity.context().when().orElse(Instant.EPOCH);
    return new Call(id, when, new PricedCall(activity, row, activity.volumes(row.defaults())));
  }
}
