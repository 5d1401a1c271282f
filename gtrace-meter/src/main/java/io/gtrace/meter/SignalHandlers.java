package io.gtrace.meter;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;

/** What is done at signals, until it is closed; then what was done before. */
public final class SignalHandlers implements AutoCloseable {
  private final Handlers handlers = Handlers.find();
  private final Map<String, Object> before = new LinkedHashMap<>();

  private SignalHandlers() {}

  /**
   * Takes signals.
   *
   * @param names as INT
   * @param taken is told name and number of each that comes, in a thread of its own
   */
  public static SignalHandlers of(List<String> names, ObjIntConsumer<String> taken) {
    SignalHandlers signals = new SignalHandlers();
    for (String name : names) {
      signals
          .handlers
          .set(name, signals.handlers.calling(number -> taken.accept(name, number)))
          .ifPresent(earlier -> signals.before.put(name, earlier));
    }
    return signals;
  }

  @Override
  public void close() {
    before.forEach(handlers::set);
  }

  /**
   * The virtual machine's handlers of signals. Java has no other way to take a signal without
   * ending than the class {@code sun.misc.Signal} of the module jdk.unsupported, which the compiler
   * lets nobody name without a warning.
   */
  private record Handlers(Class<?> signal, Class<?> handler) {
    static Handlers find() {
      try {
        return new Handlers(
            Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"));
      } catch (ClassNotFoundException missing) {
        throw new IllegalStateException("this Java lacks the module jdk.unsupported", missing);
      }
    }

    /** A handler that is told the number of the signal. */
    Object calling(IntConsumer numbers) {
      return Proxy.newProxyInstance(
          SignalHandlers.class.getClassLoader(),
          new Class<?>[] {handler},
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              numbers.accept((int) signal.getMethod("getNumber").invoke(arguments[0]));
              return null;
            }
            return method.invoke(numbers, arguments);
          });
    }

    /**
     * Sets the handler of a signal.
     *
     * @return the one before; empty where there is no such signal, or the virtual machine was told
     *     to leave it alone
     */
    Optional<Object> set(String name, Object to) {
      try {
        Object which = signal.getConstructor(String.class).newInstance(name);
        return Optional.ofNullable(
            signal.getMethod("handle", signal, handler).invoke(null, which, to));
      } catch (InvocationTargetException notHere) {
        return Optional.empty();
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("signals cannot be handled", impossible);
      }
    }
  }
}
