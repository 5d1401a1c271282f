package io.gtrace.simulation.wave;

import io.gtrace.simulation.random.Levels;
import io.gtrace.simulation.random.PersonDraws;
import io.gtrace.simulation.use.Cache;

/**
 * Outputs of some sessions, each drawn and booked, in one row: a loop over all of them is not ended
 * by a wrong guess, as one over the few of each session would be.
 */
final class OutputBatch {
  private static final int SIZE = 256;

  /** Most sessions want no more. */
  private static final int FEW = 4;

  private static final int BITS_OF_KIND = 20;
  private static final int KIND_SHIFT = Integer.SIZE - BITS_OF_KIND;
  private static final long HALF = 0xFFFFFFFFL;

  private final UseTables tables;
  private final Booking booking;
  private final double[] levels = new double[Levels.COUNT];
  private final long[] streams = new long[SIZE];
  private final int[] sessions = new int[SIZE];
  private final int[] rare = new int[SIZE];
  private final int[] firstCells;
  private final int[] firstKinds;
  private final int[] made;
  private final int[] venues;
  private final long[] hitsBelow;
  private final double[] spared;
  private final long[] acceptedBelow;
  private int count;

  /**
   * @param most sessions of a batch
   */
  OutputBatch(UseTables tables, Booking booking, int most) {
    this.tables = tables;
    this.booking = booking;
    for (int level = 0; level < Levels.LAST; level++) {
      levels[level] = tables.variation.mean(level);
    }
    firstCells = new int[most];
    firstKinds = new int[most];
    made = new int[most];
    venues = new int[most];
    int places = tables.venues.all().size();
    hitsBelow = new long[places];
    spared = new double[places];
    acceptedBelow = new long[places];
  }

  /**
   * Takes in how much room a venue has in an hour.
   *
   * @param acceptedShare share of what is to be made that it has room for, 0 to 1
   */
  void open(int venue, double acceptedShare) {
    Cache cache = tables.cacheOf(venue);
    hitsBelow[venue] = Choices.bound(cache.hitShare());
    spared[venue] = 1 - cache.energyShare();
    acceptedBelow[venue] = Choices.bound(cache.hitShare() + (1 - cache.hitShare()) * acceptedShare);
  }

  /**
   * Adds what is wanted in a session.
   *
   * @param session place in the batch; its outputs are forgotten
   * @param stream what its outputs are drawn from, of which the first number is spent
   */
  void add(int session, long stream, int segment, int venue, int wanted) {
    firstKinds[session] = venue * tables.kinds;
    firstCells[session] = booking.cells(segment) + venue * tables.kinds;
    venues[session] = venue;
    made[session] = 0;
    for (int from = 0; from < wanted; from += FEW) {
      if (count > SIZE - FEW) {
        book();
      }
      long[] to = streams;
      int[] of = sessions;
      for (int i = 0; i < FEW; i++) {
        to[count + i] = PersonDraws.key(stream, from + i + 1, 0);
        of[count + i] = session;
      }
      count += Math.min(FEW, wanted - from);
    }
  }

  /** Draws and books all that was added. */
  void book() {
    PersonDraws.hashes(streams, count, streams);
    double[] kwh = tables.kwhByVenueAndKind();
    Choices kindOf = tables.kindOf;
    int rarely = 0;
    for (int i = 0; i < count; i++) {
      long bits = streams[i];
      int session = sessions[i];
      int venue = venues[session];
      int accepted = below(bits >>> Integer.SIZE, acceptedBelow[venue]);
      int hit = below(bits >>> Integer.SIZE, hitsBelow[venue]);
      int kind = kindOf.at(0, (bits << KIND_SHIFT) & HALF);
      int level = Levels.of(bits >>> BITS_OF_KIND);
      double usual = kwh[firstKinds[session] + kind] * (accepted - hit * spared[venue]);
      made[session] += accepted;
      booking.output(firstCells[session] + kind, accepted, usual * levels[level]);
      rare[rarely] = i;
      rarely += level == Levels.LAST ? accepted : 0;
    }
    for (int r = 0; r < rarely; r++) {
      bookRare(streams[rare[r]], sessions[rare[r]], kwh);
    }
    count = 0;
  }

  /** Adds the energy of an output whose level stands for a tail. */
  private void bookRare(long bits, int session, double[] kwh) {
    int venue = venues[session];
    int kind = kind(bits);
    int hit = below(bits >>> Integer.SIZE, hitsBelow[venue]);
    double usual = kwh[firstKinds[session] + kind] * (1 - hit * spared[venue]);
    booking.output(firstCells[session] + kind, 0, usual * tables.variation.beyond(bits));
  }

  private int kind(long bits) {
    return tables.kindOf.at(0, (bits << KIND_SHIFT) & HALF);
  }

  /** 1 if a number is below another, else 0: by the sign, as a branch would be guessed wrong. */
  private static int below(long number, long bound) {
    return (int) ((number - bound) >>> (Long.SIZE - 1));
  }

  /** Outputs of each session that were made or found, once all are booked; not to be changed. */
  int[] made() {
    return made;
  }
}
