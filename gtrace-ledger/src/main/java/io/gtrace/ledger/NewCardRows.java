package io.gtrace.ledger;

import io.gtrace.activity.Driver;
import io.gtrace.activity.Modality;
import io.gtrace.footprint.Impact;
import io.gtrace.ledger.store.EventSchema;
import io.gtrace.ledger.store.LedgerDatabase;
import io.gtrace.ratecard.CardRow;
import io.gtrace.ratecard.Drawn;
import io.gtrace.ratecard.DrawnRates;
import io.gtrace.ratecard.DrawnSite;
import io.gtrace.ratecard.HourRatios;
import io.gtrace.ratecard.RateCard;
import io.gtrace.site.Site;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.duckdb.DuckDBAppender;

/**
 * Rows of a card on their way into the tables of what a batch adds. Rates and sites that rows share
 * are told once, under a number. The tables have the rows when this is closed.
 */
final class NewCardRows implements AutoCloseable {
  private final RateCard card;
  private final long firstNumber;
  private final IdentityHashMap<DrawnRates, Long> rates = new IdentityHashMap<>();
  private final IdentityHashMap<DrawnSite, Long> sites = new IdentityHashMap<>();
  private final List<DuckDBAppender> appenders = new ArrayList<>();
  private final DuckDBAppender newRows;
  private final DuckDBAppender newRates;
  private final DuckDBAppender newSites;
  private final DuckDBAppender newHours;

  /**
   * @param firstNumber of rates and of sites; those of other batches have others
   */
  NewCardRows(LedgerDatabase database, RateCard card, long firstNumber) throws SQLException {
    this.card = card;
    this.firstNumber = firstNumber;
    try {
      for (CardStage.CardTable table : CardStage.TABLES) {
        appenders.add(database.appender(table.added()));
      }
    } catch (SQLException notOpened) {
      try {
        close();
      } catch (SQLException notClosed) {
        notOpened.addSuppressed(notClosed);
      }
      throw notOpened;
    }
    newRows = appenders.get(0);
    newRates = appenders.get(1);
    newSites = appenders.get(2);
    newHours = appenders.get(3);
  }

  void add(CardStage.Key key) throws SQLException {
    CardRow row =
        card.rowOfYear(
            key.subject(),
            key.modality(),
            Site.parse(key.site()),
            key.year() == 0 ? OptionalInt.empty() : OptionalInt.of(key.year()));
    long ratesNo = number(row.drawn().rates());
    long siteNo = number(row);
    newRows.beginRow();
    newRows.append(row.factorSet());
    newRows.append(key.subject());
    newRows.append(key.modality().label());
    newRows.append(key.site());
    newRows.append(key.year());
    newRows.append(row.model());
    newRows.append(isKnown(key));
    newRows.append(row.site());
    newRows.append(row.siteName());
    newRows.append(row.zone().id());
    newRows.append(row.zone().name());
    if (row.position().isPresent()) {
      newRows.append(row.position().get().latitude());
      newRows.append(row.position().get().longitude());
    } else {
      newRows.appendNull().appendNull();
    }
    newRows.append(row.drawn().variation());
    newRows.append(ratesNo);
    newRows.append(siteNo);
    newRows.append(row.notes());
    for (Impact impact : EventSchema.BASIC_IMPACTS) {
      newRows.append(
          Arrays.stream(Driver.values())
              .mapToDouble(driver -> row.perUnit(driver, impact))
              .toArray());
    }
    newRows.endRow();
  }

  private boolean isKnown(CardStage.Key key) {
    return key.modality() == Modality.TRAINING
        || card.catalogue().findModel(key.subject()).isPresent();
  }

  private long number(DrawnRates drawn) throws SQLException {
    Long known = rates.get(drawn);
    if (known != null) {
      return known;
    }
    long number = firstNumber + rates.size();
    rates.put(drawn, number);
    for (int d = 0; d < drawn.drivers().size(); d++) {
      DrawnRates.Rate rate = drawn.rate(d);
      newRates.beginRow().append(number).append(drawn.drivers().get(d).label());
      List<Drawn> parts = List.of(rate.insideFacilityKwh(), rate.networkKwh(), rate.embodiedKg());
      for (Drawn part : parts) {
        newRates.append(part.median());
      }
      for (Drawn part : parts) {
        newRates.append(part.draws());
      }
      newRates.endRow();
    }
    return number;
  }

  private long number(CardRow row) throws SQLException {
    DrawnSite drawn = row.drawn().site();
    Long known = sites.get(drawn);
    if (known != null) {
      return known;
    }
    long number = firstNumber + sites.size();
    sites.put(drawn, number);
    for (Map.Entry<Impact, DrawnSite.PerKwh> each : drawn.perKwh().entrySet()) {
      DrawnSite.PerKwh perKwh = each.getValue();
      newSites.beginRow().append(number).append(EventSchema.column(each.getKey()));
      newSites.append(perKwh.inside().median()).append(perKwh.network().median());
      newSites.append(perKwh.inside().draws()).append(perKwh.network().draws());
      newSites.endRow();
    }
    int slot = 0;
    for (HourRatios hour : card.hourRatios(row)) {
      newHours.beginRow().append(number).append(slot++);
      newHours.append(hour.locationBased()).append(hour.marketBased()).endRow();
    }
    return number;
  }

  @Override
  public void close() throws SQLException {
    SQLException failure = null;
    for (DuckDBAppender appender : appenders) {
      try {
        appender.close();
      } catch (SQLException failed) {
        if (failure == null) {
          failure = failed;
        } else {
          failure.addSuppressed(failed);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
