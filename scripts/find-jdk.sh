# Sourced by ./gtrace and ./verify: finds an installed JDK by its feature version.

# Prints the feature version (25, 17 ...) of the JDK in a folder, from its release file.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# find_jdk LOW HIGH: prints the home of a JDK whose version lies in the range, or fails.
find_jdk() {
  local low=$1 high=$2 home version java
  java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java" 2>/dev/null)
  for home in "${JAVA_HOME:-}" "${java%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] || continue
    version=$(jdk_version "$home") || continue
    if [ -n "$version" ] && [ "$version" -ge "$low" ] && [ "$version" -le "$high" ]; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}
