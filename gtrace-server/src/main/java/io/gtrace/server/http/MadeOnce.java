package io.gtrace.server.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for. Safe for use by many threads. */
public final class MadeOnce<T> implements Supplier<T> {
  private final Supplier<T> making;
  private @Nullable T made;

  public MadeOnce(Supplier<T> making) {
    this.making = making;
  }

  @Override
  public synchronized T get() {
    T known = made;
    if (known == null) {
      known = making.get();
      made = known;
    }
    return known;
  }
}
