package io.gtrace.meter.load;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Descendants whose parent has ended come to this process on Linux, once it asks for that, so that
 * they are still known to be the command's, and so is the time of those that end.
 */
@SuppressWarnings("restricted")
public final class Orphans {
  /** {@code PR_SET_CHILD_SUBREAPER} of prctl(2). */
  private static final int ADOPT = 36;

  private Orphans() {}

  /**
   * Asks for it.
   *
   * @return whether the system agreed
   */
  public static boolean adopt() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> control = linker.defaultLookup().find("prctl");
    if (control.isEmpty()) {
      return false;
    }
    MethodHandle call =
        linker.downcallHandle(
            control.get(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try {
      return (int) call.invokeExact(ADOPT, 1L, 0L, 0L, 0L) == 0;
    } catch (Throwable impossible) {
      throw new IllegalStateException("prctl could not be called", impossible);
    }
  }
}
