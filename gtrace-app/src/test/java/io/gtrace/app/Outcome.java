package io.gtrace.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a run of the command line left: its exit code, standard output and standard error. */
record Outcome(int exitCode, String out, String err) {
  private static final JsonMapper JSON = JsonMapper.shared();

  static Outcome of(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Outcome told = printingTo(out, args);
    return new Outcome(told.exitCode(), out.toString(StandardCharsets.UTF_8), told.err());
  }

  /** A command line without quotes. */
  static Outcome ofLine(String commandLine) {
    return of(commandLine.strip().split("\\s+"));
  }

  /** With another standard output, which stays out of the outcome. */
  static Outcome printingTo(OutputStream out, String... args) {
    StringWriter err = new StringWriter();
    int exitCode = Main.run(out, new PrintWriter(err, true), args);
    return new Outcome(exitCode, "", err.toString());
  }

  JsonNode json() {
    return JSON.readTree(out);
  }

  List<JsonNode> jsonLines() {
    return out.lines().map(JSON::readTree).toList();
  }
}
