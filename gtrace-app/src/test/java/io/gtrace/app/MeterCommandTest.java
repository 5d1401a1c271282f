package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code gtrace meter} around real commands. */
@EnabledOnOs(OS.LINUX)
class MeterCommandTest {
  private static final String BURN = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;

  private static Outcome meter(String options, String... command) {
    List<String> args = new ArrayList<>(List.of("meter"));
    args.addAll(List.of(options.strip().split("\\s+")));
    args.add("--");
    args.addAll(List.of(command));
    return Outcome.of(args.toArray(String[]::new));
  }

  private JsonNode measured(String options, String... command) {
    Path file = folder.resolve("measured.json");
    Outcome outcome = meter(options + " --out " + file, command);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.DONE);
    return JSON.readTree(file.toFile());
  }

  @Test
  void theFigureIsOfItsPartsAndCarriesWhatItIsWorth() {
    JsonNode measured = measured("--region FR", "sh", "-c", BURN);
    double own = 0;
    for (JsonNode part : measured.path("parts")) {
      assertThat(part.path("ownKwh").doubleValue())
          .isLessThanOrEqualTo(part.path("wholeKwh").doubleValue() * 1.000001);
      own += part.path("ownKwh").doubleValue();
    }
    JsonNode energy = measured.path("energyKwh");
    assertThat(own).isPositive();
    assertThat(energy.path("median").doubleValue()).isCloseTo(own, within(1e-9 * own));
    assertThat(energy.path("low").doubleValue()).isLessThan(own);
    assertThat(energy.path("high").doubleValue()).isGreaterThan(own);
    assertThat(measured.path("carbonKg").path("median").doubleValue()).isPositive();
    double modelled = measured.path("modelledKwh").doubleValue();
    assertThat(measured.path("evidence").stringValue())
        .isEqualTo(modelled > 0.3 * own ? "E2" : "E3");
    assertThat(measured.path("cpuSeconds").doubleValue()).isPositive();
    assertThat(measured.path("exitCode").intValue()).isZero();
  }

  @Test
  void theOwnMixAndTheFacilityPriceIt() {
    JsonNode measured = measured("--grid-intensity 500 --pue 1.5", "sh", "-c", BURN);
    double kwh = measured.path("energyKwh").path("median").doubleValue();
    double parts =
        measured.path("measuredKwh").doubleValue() + measured.path("modelledKwh").doubleValue();
    assertThat(kwh).isCloseTo(1.5 * parts, within(1e-9 * kwh));
    assertThat(measured.path("carbonKg").path("median").doubleValue())
        .isCloseTo(0.5 * kwh, within(1e-9 * kwh));
  }

  @Test
  void withoutAPlaceOnlyEnergyIsTold() {
    assertThat(measured("--count machine", "true").path("carbonKg").isNull()).isTrue();
  }

  @Test
  void everyRunIsBookedOnce() {
    String ledger = folder.resolve("ledger").toString();
    String options = "--region FR --team search --app ranker --ledger " + ledger;
    Outcome training = meter(options + " --model our-13b", "sh", "-c", BURN);
    assertThat(training.exitCode()).as(training.err()).isEqualTo(ExitCode.DONE);
    assertThat(training.err()).contains("energy").contains("gtrace-meter-");
    // A run that failed took energy as well.
    assertThat(meter(options + " --kind inference", "sh", "-c", BURN + "; exit 9").exitCode())
        .isEqualTo(9);
    Outcome query =
        Outcome.of(
            "query", "--ledger", ledger, "--by", "modality,model,team,app", "--format", "json");
    assertThat(query.exitCode()).as(query.err()).isEqualTo(ExitCode.DONE);
    assertThat(query.out())
        .contains("our-13b")
        .contains("\"training\"")
        .contains("\"inference\"")
        .contains("search")
        .contains("ranker");
    assertThat(Outcome.of("ledger", "verify", "--ledger", ledger).exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(Outcome.of("query", "--ledger", ledger, "SELECT count(*) AS n FROM events").out())
        .contains("2");
  }

  @ParameterizedTest
  @CsvSource({
    "'--region FR', '', 2, missing the command",
    "'--interval 0', true, 2, 0.02 to 60",
    "'--pue 0.5', true, 2, --pue must be 1 to 5",
    "'--grid-intensity -1', true, 2, 0 to 5000 g/kWh",
    "'--ledger nowhere', true, 2, needs --region",
    "'--ledger nowhere --region FR --pue 1.2', true, 2, --factors",
    "'--region Atlantis', true, 4, Atlantis",
    "'--count half', true, 2, 'command, cgroup, machine'",
    "'--region FR', no-such-program-anywhere, 127, not found",
    "'--region FR', /etc/passwd, 126, may not be run"
  })
  void whatIsWrongIsSaidBeforeTheCommandRuns(
      String options, String command, int exitCode, String said) {
    Outcome outcome = command.isEmpty() ? meter(options) : meter(options, command);
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
    assertThat(outcome.err()).contains(said);
    assertThat(Path.of("nowhere")).doesNotExist();
  }

  @Test
  void tellsWhatCanBeMeasured() {
    Outcome text = Outcome.of("meter", "--list");
    assertThat(text.exitCode()).as(text.err()).isEqualTo(ExitCode.DONE);
    assertThat(text.out()).contains("processor:").contains("memory");
    JsonNode json = Outcome.of("meter", "--list", "--format", "json").json();
    assertThat(json.path("parts").size()).isGreaterThanOrEqualTo(2);
    assertThat(json.path("parts").get(0).path("basis").stringValue())
        .isIn("counter", "integrated power", "model");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProcessThatRunsIsMeasuredUntilItEndsOrAnInterruption(boolean interrupted)
      throws IOException, InterruptedException {
    Process served = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    Path file = folder.resolve("served.json");
    try {
      Process meter =
          start("--pid", Long.toString(served.pid()), "--interval", "0.05", "--out", "" + file);
      requireReadings(meter, 5);
      (interrupted ? meter : served).toHandle().destroy();
      meter.getErrorStream().readAllBytes();
      assertThat(meter.waitFor()).isZero();
      assertThat(interrupted).isEqualTo(served.isAlive());
    } finally {
      served.destroyForcibly();
    }
    JsonNode measured = JSON.readTree(file.toFile());
    assertThat(measured.path("exitCode").isNull()).isTrue();
    assertThat(measured.path("command").stringValue()).startsWith("process " + served.pid());
    assertThat(measured.path("cpuSeconds").doubleValue()).isPositive();
  }

  /** Waits until it has shown so many readings: each begins its line anew. */
  private static void requireReadings(Process meter, int number) throws IOException {
    int shown = 0;
    while (shown < number) {
      int next = meter.getErrorStream().read();
      assertThat(next).as("what the meter shows").isNotNegative();
      shown += next == '\r' ? 1 : 0;
    }
  }

  @ParameterizedTest
  @CsvSource({"--pid 999999999, no such process", "--pid 1 -- true, not both"})
  void whatProcessIsMeantMustBeSaid(String options, String said) {
    List<String> args = new ArrayList<>(List.of("meter"));
    args.addAll(List.of(options.split(" ")));
    Outcome outcome = Outcome.of(args.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(said);
  }

  private static Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dgtrace.terminal=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "meter"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).start();
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void standardStreamsAreTheCommands() throws IOException, InterruptedException {
    Process process = start("--", "sh", "-c", "read line; echo got $line; exit 3");
    process.getOutputStream().write("input\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(text(process.getInputStream())).isEqualTo("got input\n");
    assertThat(text(process.getErrorStream())).contains("energy").contains("exit code 3");
    assertThat(process.waitFor()).isEqualTo(3);
  }

  @Test
  void aSignalIsTheCommandsAndWhatWasMeasuredIsStillTold()
      throws IOException, InterruptedException {
    Path file = folder.resolve("stopped.json");
    String command = "trap 'echo saved; exit 7' TERM; echo ready; while :; do :; done";
    Process process = start("--out", file.toString(), "--", "sh", "-c", command);
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("ready");
      process.toHandle().destroy();
      assertThat(said.readLine()).isEqualTo("saved");
    }
    assertThat(process.waitFor()).isEqualTo(7);
    assertThat(JSON.readTree(file.toFile()).path("exitCode").intValue()).isEqualTo(7);
  }

  @Test
  void aCommandThatASignalEndsHasTheCodeThatShellsGive() throws IOException, InterruptedException {
    Process process = start("--", "sh", "-c", "kill -KILL $$");
    assertThat(text(process.getErrorStream())).contains("energy").contains("exit code 137");
    assertThat(process.waitFor()).isEqualTo(137);
  }
}
