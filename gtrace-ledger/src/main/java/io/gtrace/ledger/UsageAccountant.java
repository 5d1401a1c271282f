package io.gtrace.ledger;

import io.gtrace.activity.Context;
import io.gtrace.activity.Volumes;
import io.gtrace.ratecard.RateCard;
import io.gtrace.trace.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Accounts usage files. What of them is valid is priced, whatever stands beside it; what is not
 * goes to a quarantine file with its line and the reason. Not for sharing between threads.
 */
public final class UsageAccountant {
  private final RateCard card;
  private final InstantSource clock;
  private final Reading reading;

  /**
   * @param card what prices
   * @param clock usage later than it is refused
   * @param reading told how far it has come
   */
  public UsageAccountant(RateCard card, InstantSource clock, Reading reading) {
    this.card = card;
    this.clock = clock;
    this.reading = reading;
  }

  /**
   * Accounts files together.
   *
   * @param title of the account
   * @param files usage in any {@link UsageFormat}
   * @param quarantine where refused rows go; written only if there are any. What an earlier run
   *     left there is replaced or removed; what another run at the same time or anybody else wrote
   *     there stays, and the next free number is taken
   * @throws UsageException if a file cannot be read at all
   */
  public Accounting account(String title, List<Path> files, Path quarantine) {
    return account(title, files, UsageDefaults.NONE, quarantine);
  }

  /**
   * Accounts files together.
   *
   * @param title of the account
   * @param files usage in any {@link UsageFormat}
   * @param defaults hold for rows that do not say otherwise
   * @param quarantine where refused rows go; written only if there are any. What an earlier run
   *     left there is replaced or removed; what another run at the same time or anybody else wrote
   *     there stays, and the next free number is taken
   * @throws UsageException if a file cannot be read at all
   */
  public Accounting account(
      String title, List<Path> files, UsageDefaults defaults, Path quarantine) {
    return account(title, UsageFiles.of(files, defaults), quarantine);
  }

  /**
   * Accounts files together. Of files that were found in a folder those that are no usage are
   * refused as a whole.
   *
   * @param title of the account
   * @param quarantine where refused rows go, as above
   * @throws UsageException if a file that was named cannot be read at all
   */
  public Accounting account(String title, UsageFiles files, Path quarantine) {
    return accountSources(title, files.sources(), List.of(), quarantine);
  }

  /**
   * Accounts the usage that ships with G-TRACE: 28,185 requests of the Azure LLM inference traces
   * 2023. Models, region and teams are assumed; the notes of the account say so.
   */
  public Accounting accountAzureTraces(Path quarantine) {
    return accountSources(
        AzureTraces.TITLE, AzureTraces.sources(), AzureTraces.assumptions(), quarantine);
  }

  private Accounting accountSources(
      String title, List<UsageSource> sources, List<String> assumptions, Path quarantine) {
    Cells cells = new Cells(card);
    SourceNotes ofSources = new SourceNotes();
    PricedRowSink toCells =
        (asWritten, model, activity, row) -> {
          Context context = activity.context();
          Volumes volumes = activity.volumes(row.defaults());
          cells.add(model, row, context.when(), context.who(), 1, volumes);
          context.when().ifPresent(cells::seen);
        };
    try (Quarantine refused = new Quarantine(quarantine)) {
      Instant now = clock.instant();
      for (UsageSource source : sources) {
        UsageReader reader = reader(source, refused, now, toCells, ofSources);
        read(
            source,
            reader,
            refused,
            parquet -> parquet.account(cells, reader, card.catalogue(), now));
      }
      List<String> notes = new ArrayList<>(assumptions);
      notes.addAll(ofSources.inWords());
      Account account = cells.account(title, notes, refused.count());
      List<Saving> savings = new Savings(card, cells.volumesByRow()).all();
      return accounting(account, savings, cells.sources(), refused);
    } catch (IOException leftBehind) {
      throw new UncheckedIOException(leftBehind);
    } catch (SQLException notClosed) {
      throw new IllegalStateException(notClosed);
    }
  }

  /**
   * Reads files activity by activity, in order.
   *
   * @param defaults hold for rows that do not say otherwise
   * @param sink takes each valid one
   * @return the refusals, and notes in an account that is otherwise empty
   * @throws UsageException if a file cannot be read at all
   */
  public Accounting each(
      List<Path> files, UsageDefaults defaults, Path quarantine, ActivitySink sink) {
    return each(files, defaults, quarantine, file -> sink);
  }

  /**
   * Reads files activity by activity, in order, each into a sink of its own.
   *
   * @param defaults hold for rows that do not say otherwise
   * @param sinks the sink of a file, by the name that refusals call it
   * @return the refusals, and notes in an account that is otherwise empty
   * @throws UsageException if a file cannot be read at all
   */
  public Accounting each(
      List<Path> files,
      UsageDefaults defaults,
      Path quarantine,
      Function<String, ActivitySink> sinks) {
    return each(UsageFiles.of(files, defaults), quarantine, sinks);
  }

  /**
   * Reads files activity by activity, in order, each into a sink of its own. Of files that were
   * found in a folder those that are no usage are refused as a whole.
   *
   * @param sinks the sink of a file, by the name that refusals call it
   * @return the refusals, and notes in an account that is otherwise empty
   * @throws UsageException if a file that was named cannot be read at all
   */
  public Accounting each(UsageFiles files, Path quarantine, Function<String, ActivitySink> sinks) {
    SourceNotes notes = new SourceNotes();
    try (Quarantine refused = new Quarantine(quarantine)) {
      Instant now = clock.instant();
      for (UsageSource source : files.sources()) {
        ActivitySink sink = sinks.apply(source.name());
        UsageReader reader =
            reader(
                source,
                refused,
                now,
                (asWritten, model, activity, row) ->
                    sink.accept(
                        asWritten.line(),
                        asWritten.text(UsageColumn.REQUEST_ID),
                        model,
                        activity,
                        row),
                notes);
        read(
            source,
            reader,
            refused,
            parquet -> {
              parquet.each(reader);
              reader.requireColumns();
            });
      }
      Account account = new Cells(card).account("", List.copyOf(notes.inWords()), refused.count());
      return accounting(account, List.of(), List.of(), refused);
    } catch (IOException leftBehind) {
      throw new UncheckedIOException(leftBehind);
    } catch (SQLException notClosed) {
      throw new IllegalStateException(notClosed);
    }
  }

  /** Reads a source; one that was only found in a folder may turn out to be no usage. */
  static void read(
      UsageSource source,
      UsageReader reader,
      Quarantine refused,
      Consumer<ParquetUsage> whereParquet)
      throws SQLException {
    try {
      if (source.storage() == UsageFormat.PARQUET) {
        try (ParquetUsage parquet = ParquetUsage.open(source, reader.rows(), reader)) {
          whereParquet.accept(parquet);
        }
      } else {
        reader.readText();
      }
    } catch (UsageException noUsage) {
      if (source.named()) {
        throw noUsage;
      }
      String reason = String.valueOf(noUsage.getMessage());
      refused.add(
          source.name(),
          0,
          reason.startsWith(source.name() + ": ")
              ? reason.substring(source.name().length() + 2)
              : reason,
          "");
    }
  }

  private static Accounting accounting(
      Account account, List<Saving> savings, List<Provenance> sources, Quarantine refused) {
    Optional<Path> kept = refused.finish();
    return new Accounting(account, savings, sources, refused.examples(), kept, refused.remark());
  }

  private UsageReader reader(
      UsageSource source, Quarantine refused, Instant now, PricedRowSink sink, SourceNotes notes) {
    return new UsageReader(
        source,
        ActivityParser.of(source, card.catalogue(), InstantSource.fixed(now)),
        card,
        refused,
        reading,
        sink,
        notes);
  }
}
