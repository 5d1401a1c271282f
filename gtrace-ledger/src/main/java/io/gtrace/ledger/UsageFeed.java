package io.gtrace.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Usage that lies in no file, such as a table of a running system: it comes as lines of JSON, one
 * record each. A ledger remembers how far it was read, so that the next time only what is new is
 * asked for.
 */
public interface UsageFeed {
  /** What messages, seals and marks call it; the same whenever it is read, and without secrets. */
  String name();

  /** As what its records are read. */
  InputFormat format();

  /** Opens it at its beginning; the caller closes the stream. */
  InputStream open() throws IOException;

  /** Once it was read to its end: how far that was, in its own words; empty if nothing came. */
  Optional<String> mark();
}
