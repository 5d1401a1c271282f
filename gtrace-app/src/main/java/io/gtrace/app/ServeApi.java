package io.gtrace.app;

import io.gtrace.governance.profile.Profile;
import io.gtrace.server.ServerOptions;
import io.gtrace.server.api.ApiOptions;
import io.gtrace.server.study.StudyLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a server knows of organisations beside their ledgers, and how much studies may take. */
final class ServeApi {
  @Option(
      names = "--profile",
      paramLabel = "[NAME=]FILE",
      description = {
        "Who the organisation is (YAML), for its pyramid and disclosures; gtrace pyramid init makes"
            + " one. With NAME= that of another organisation; repeatable."
      })
  private List<String> profiles = List.of();

  @Option(
      names = "--workloads",
      paramLabel = "[NAME=]FILE",
      description = "What may be done with its work (YAML), for advice; see gtrace advise.")
  private List<String> workloads = List.of();

  @Option(
      names = "--studies",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Studies that may run at once, 0 for none (default: 1).")
  private int studies;

  /**
   * @throws IllegalArgumentException if an organisation is not among the names, or a file is not
   *     there
   * @throws io.gtrace.simulation.document.DocumentException if a profile cannot be used
   */
  ApiOptions options(Map<String, Path> ledgers) {
    Map<String, Path> whose = byName("--profile", profiles, ledgers);
    whose.values().forEach(Profile::read);
    StudyLimits usual = StudyLimits.USUAL;
    return new ApiOptions(
        whose,
        byName("--workloads", workloads, ledgers),
        new StudyLimits(studies, usual.memoryShare(), usual.threads()));
  }

  private static Map<String, Path> byName(
      String option, List<String> given, Map<String, Path> ledgers) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String each : given) {
      int end = each.indexOf('=');
      boolean named = end > 0 && ledgers.containsKey(each.substring(0, end));
      String name = named ? each.substring(0, end) : ServerOptions.ONLY_ORGANISATION;
      Path file = Path.of(named ? each.substring(end + 1) : each);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(option + ": there is no file " + file);
      }
      if (files.put(name, file) != null) {
        throw new IllegalArgumentException(option + ": is given twice for '" + name + "'");
      }
    }
    return files;
  }
}
