# Sourced by ./gtrace, and a part of the launcher of a package: which options of Java suit the
# command in "$@" goes to java_options. POSIX shell.
# Commands that read no file of the user end before the optimising compiler has paid for itself.
java_options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData"
case " $* " in
  # Simulations hold people in memory and work on all cores.
  " study run "* | " study compare "* | " study fit "*) java_options="-XX:+UseParallelGC -Xmx${GTRACE_HEAP:-4g}" ;;
  # The classes of protobuf still ask for memory in the old way, of which Java would warn.
  " serve "*)
    java_options="-XX:+UseParallelGC -Xmx${GTRACE_HEAP:-900m} --sun-misc-unsafe-memory-access=allow -XX:+ExitOnOutOfMemoryError"
    # The database frees what it was given by many threads: the fewer pools there are of it, the less
    # of it the C library keeps.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
    ;;
  *" --file"* | " card "* | " trend "*) java_options=-XX:+UseSerialGC ;;
esac
