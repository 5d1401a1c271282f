package io.gtrace.factor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first asked for, so that a program that never asks does not wait
 * for it. Threads that ask at once may make it more than once; all get the same one.
 */
final class Lazy<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T value;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  T get() {
    T known = value;
    return known != null ? known : keep(maker.get());
  }

  private synchronized T keep(T made) {
    T known = value;
    if (known != null) {
      return known;
    }
    value = made;
    return made;
  }
}
