package io.gtrace.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL database is, as {@code postgres://USER:PASSWORD@HOST:PORT/DATABASE}. The
 * password may stand in it, in the variable {@code PGPASSWORD}, or in {@code ~/.pgpass}, where the
 * driver looks for it; it is never shown.
 *
 * @param parameters of the connection, as in {@code ?sslmode=require}
 */
record DatabaseAddress(
    String host,
    int port,
    String database,
    String user,
    Optional<String> password,
    String parameters) {
  private static final Pattern SCHEME = Pattern.compile("(?i)postgres(ql)?://.*", Pattern.DOTALL);
  private static final int USUAL_PORT = 5432;

  /** Whether a text is one, and no path. */
  static boolean isMeantBy(String text) {
    return SCHEME.matcher(text).matches();
  }

  /**
   * Reads one.
   *
   * @param environment variables; those of {@code psql} fill what the address leaves out
   * @throws IllegalArgumentException if it is not of this form; the message does not repeat it
   */
  static DatabaseAddress parse(String text, Map<String, String> environment) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException notOne) {
      throw malformed();
    }
    if (uri.getHost() == null || uri.getRawFragment() != null) {
      throw malformed();
    }
    String[] who = Optional.ofNullable(uri.getRawUserInfo()).orElse("").split(":", 2);
    String user =
        who[0].isEmpty()
            ? environment.getOrDefault("PGUSER", System.getProperty("user.name"))
            : decoded(who[0]);
    String path = Optional.ofNullable(uri.getRawPath()).orElse("").replaceFirst("^/", "");
    return new DatabaseAddress(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        path.isEmpty() ? user : decoded(path),
        user,
        who.length > 1
            ? Optional.of(decoded(who[1]))
            : Optional.ofNullable(environment.get("PGPASSWORD")),
        Optional.ofNullable(uri.getRawQuery()).orElse(""));
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "the address of the database must be postgres://USER@HOST:PORT/DATABASE, with special signs"
            + " in names written as %20 and the like");
  }

  /** A plus sign is one; only the percent sign stands for something else. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw malformed();
    }
  }

  /** As the driver wants it; user and password go apart from it. */
  String forDriver() {
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8)
        + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  /** What the driver is told beside the address. */
  Properties credentials() {
    Properties credentials = new Properties();
    credentials.setProperty("user", user);
    password.ifPresent(secret -> credentials.setProperty("password", secret));
    return credentials;
  }

  /** Without user, password and parameters. */
  @Override
  public String toString() {
    return "postgres://" + host + ":" + port + "/" + database;
  }
}
