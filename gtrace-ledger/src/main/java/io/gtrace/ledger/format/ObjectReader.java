package io.gtrace.ledger.format;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/** Reads the JSON objects of a text one after another. */
public interface ObjectReader {
  /** No record is being read. */
  long NONE = 0;

  /**
   * Reads an object to its end. What is found waits for {@link #release}, unless the text is too
   * long to be held.
   *
   * @param parser stands at the start of the object
   * @param place where that is
   * @throws JacksonException if it is not JSON
   */
  void read(JsonParser parser, Place place);

  /** Hands out what has been read, also where an object breaks off after it. */
  void release();

  /** Forgets what has been read and not been handed out: it will be read once more. */
  void drop();

  /** The line at which the record begins that is being read, or {@link #NONE}. */
  long line();

  /** Whether enough has been read. */
  default boolean isDone() {
    return false;
  }

  /** What is no object, or breaks off. */
  void refused(JsonFault fault);

  /** How many bytes have been read. */
  void progress(long bytes);

  /**
   * Where an object is found.
   *
   * @param firstLine the line at which the parser began, from 1
   * @param held whether the text of the object is held
   * @param fragment whether something before it in the text is broken, so that what is around the
   *     object is not known
   */
  record Place(long firstLine, boolean held, boolean fragment) {}
}
