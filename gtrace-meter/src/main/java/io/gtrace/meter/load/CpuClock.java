package io.gtrace.meter.load;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;

/** Processor time of this program, finer than the hundredths of a second of {@code /proc}. */
@SuppressWarnings("restricted")
public interface CpuClock {
  /** Of all its threads. */
  Duration process();

  /** Of the thread that asks. */
  Duration thread();

  /** That of this machine. */
  static CpuClock find() {
    // Java's own way costs a tenth of a second once, so where there is another it is not taken.
    Optional<MemorySegment> address = Linker.nativeLinker().defaultLookup().find("clock_gettime");
    return System.getProperty("os.name").equals("Linux") && address.isPresent()
        ? new OfLinux(address.get())
        : new OfJava();
  }

  /** As clock_gettime(2) tells it. */
  final class OfLinux implements CpuClock {
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;

    private final MethodHandle call;

    private OfLinux(MemorySegment address) {
      call =
          Linker.nativeLinker()
              .downcallHandle(address, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    }

    @Override
    public Duration process() {
      return of(CLOCK_PROCESS_CPUTIME_ID);
    }

    @Override
    public Duration thread() {
      return of(CLOCK_THREAD_CPUTIME_ID);
    }

    private Duration of(int clock) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment time = arena.allocate(JAVA_LONG, 2);
        int failed = (int) call.invokeExact(clock, time);
        if (failed != 0) {
          throw new IllegalStateException("clock_gettime failed for clock " + clock);
        }
        return Duration.ofSeconds(time.getAtIndex(JAVA_LONG, 0), time.getAtIndex(JAVA_LONG, 1));
      } catch (RuntimeException failed) {
        throw failed;
      } catch (Throwable impossible) {
        throw new IllegalStateException("clock_gettime could not be called", impossible);
      }
    }
  }

  /** As Java tells it. */
  final class OfJava implements CpuClock {
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private OfJava() {}

    @Override
    public Duration process() {
      return Duration.ofNanos(Math.max(0, system.getProcessCpuTime()));
    }

    @Override
    public Duration thread() {
      return Duration.ofNanos(Math.max(0, threads.getCurrentThreadCpuTime()));
    }
  }
}
