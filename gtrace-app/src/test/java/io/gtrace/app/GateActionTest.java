package io.gtrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The example of a gate on a code host does what it says when its steps run. */
class GateActionTest {
  private static final Path ACTION = Path.of("../docs/examples/gate-action");
  private static final String HEADER = "model,input_tokens,output_tokens,region\n";

  @TempDir Path folder;

  private static Map<?, ?> yaml(String file) throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(ACTION.resolve(file)));
  }

  private static Map<?, ?> map(Map<?, ?> parent, String key) {
    assertThat((Object) parent.get(key)).as(key).isInstanceOf(Map.class);
    return (Map<?, ?>) Objects.requireNonNull(parent.get(key));
  }

  private static List<Map<?, ?>> steps(Map<?, ?> parent) {
    return ((List<?>) Objects.requireNonNull(parent.get("steps")))
        .stream().<Map<?, ?>>map(step -> (Map<?, ?>) step).toList();
  }

  private static String filledIn(Object value, Map<String, String> inputs) {
    String text = String.valueOf(value);
    for (Map.Entry<String, String> input : inputs.entrySet()) {
      text = text.replace("${{ inputs." + input.getKey() + " }}", input.getValue());
    }
    assertThat(text).as("an input that the action does not have").doesNotContain("${{");
    return text;
  }

  /** Runs the step of the action as a code host does, and returns its exit code. */
  private int run(Map<String, String> inputs) throws IOException, InterruptedException {
    Map<?, ?> step = steps(map(yaml("action.yml"), "runs")).get(0);
    assertThat(step.get("shell")).isEqualTo("bash");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-eo", "pipefail", "-c", String.valueOf(step.get("run")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("shell.log").toFile());
    map(step, "env")
        .forEach((name, value) ->
            shell.environment().put(String.valueOf(name), filledIn(value, inputs)));
    shell.environment().put("GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString());
    return shell.start().waitFor();
  }

  private Map<String, String> inputs(String before, String after) throws IOException {
    Path gtrace = folder.resolve("gtrace");
    Files.writeString(
        gtrace,
        "#!/bin/sh\nexec \"%s/bin/java\" --enable-native-access=ALL-UNNAMED -cp \"%s\" %s \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                absolute(System.getProperty("java.class.path")),
                Main.class.getName()),
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(gtrace, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("before.csv"), HEADER + before);
    Files.writeString(folder.resolve("after.csv"), HEADER + after);
    String limit =
        String.valueOf(map(map(yaml("action.yml"), "inputs"), "max-sci-regression").get("default"));
    return Map.of(
        "gtrace",
        gtrace.toString(),
        "before",
        "before.csv",
        "after",
        "after.csv",
        "max-sci-regression",
        limit);
  }

  private static String absolute(String classPath) {
    return String.join(
        ":",
        List.of(classPath.split(":")).stream()
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .toList());
  }

  @Test
  void aChangeThatEmitsAsMuchPasses() throws IOException, InterruptedException {
    String usage = "gpt-4o,500,300,FR\n";
    assertThat(run(inputs(usage, usage))).isEqualTo(ExitCode.DONE);
    assertThat(folder.resolve("summary.md")).content().contains("```");
  }

  @Test
  void aChangeToALargerModelIsStoppedAndShown() throws IOException, InterruptedException {
    assertThat(run(inputs("gpt-4o-mini,500,300,FR\n", "gpt-4o,500,300,FR\n")))
        .as("%s", folder)
        .isEqualTo(ExitCode.GATE);
    assertThat(folder.resolve("gtrace-gate.sarif")).content().contains("\"version\"");
    assertThat(folder.resolve("gtrace-gate.xml")).content().contains("<failure");
  }

  @Test
  void theWorkflowCallsTheActionWithInputsThatItHas() throws IOException {
    Map<?, ?> inputs = map(yaml("action.yml"), "inputs");
    Map<?, ?> gate = map(map(yaml("workflow.yml"), "jobs"), "gate");
    Map<?, ?> use =
        steps(gate).stream()
            .filter(step -> "./.github/actions/gtrace-gate".equals(step.get("uses")))
            .findFirst()
            .orElseThrow();
    Map<?, ?> given = map(use, "with");
    assertThat(given.keySet()).allMatch(inputs::containsKey);
    inputs.forEach((name, input) -> {
      if (Boolean.TRUE.equals(((Map<?, ?>) input).get("required"))) {
        assertThat((Object) given.get(name)).as("required input " + name).isNotNull();
      }
    });
  }
}
