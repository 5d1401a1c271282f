package io.gtrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All packages are made once, unpacked and started, without a Java installation on the path. */
class PackagesTest {
  private static final String[] ESTIMATE = {
    "estimate", "text", "--model", "gpt-4o", "--output-tokens", "300", "--region", "FR"
  };
  private static final String ESTIMATED = "carbon";

  @TempDir static Path made;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    StringWriter told = new StringWriter();
    int exitCode =
        run(told, "--sources", "..", "--out", made.toString(), "--only", "image,deb,oci");
    assertThat(exitCode).as("%s", told).isZero();
  }

  private static int run(StringWriter told, String... args) {
    CommandLine command = Main.commandLine();
    command.setErr(new PrintWriter(told, true)).setOut(new PrintWriter(told, true));
    return command.execute(args);
  }

  private static Path made(String ending) throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private static boolean isRoot() throws IOException {
    return Tool.output("id", "-u").strip().equals("0");
  }

  private static String[] bare(Path launcher, String... args) {
    return Stream.concat(Stream.of("env", "-i", launcher.toString()), Stream.of(args))
        .toArray(String[]::new);
  }

  private static String read(Path root, String digest) throws IOException {
    return Files.readString(blob(root, digest));
  }

  private static Path blob(Path root, String digest) {
    return root.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  @Test
  void theArchiveRunsWhereItIsUnpacked() throws IOException {
    Path archive = made(".tar.gz");
    Tool.output("tar", "-xzf", archive.toString(), "-C", folder.toString());
    Path image = folder.resolve(Release.built().imageName());
    Path launcher = image.resolve("bin/gtrace");
    assertThat(Tool.output(bare(launcher, "--version"))).startsWith("gtrace ");
    assertThat(Tool.output(bare(launcher, ESTIMATE))).contains(ESTIMATED);

    Path link = Files.createSymbolicLink(folder.resolve("linked"), launcher);
    assertThat(Tool.output(bare(link, "--version"))).startsWith("gtrace ");

    Path usage =
        Files.writeString(
            folder.resolve("usage.csv"),
            "when,model,input_tokens,output_tokens,region\n2026-03-02T09:15:00Z,gpt-4o,500,300,FR\n");
    String ledger = folder.resolve("ledger").toString();
    Tool.output(bare(launcher, "ingest", usage.toString(), "--ledger", ledger));
    assertThat(Tool.output(bare(launcher, "query", "--ledger", ledger, "--by", "model")))
        .contains("gpt-4o");
  }

  @Test
  void theCacheOfLoadedClassesFitsAfterUnpacking() throws IOException {
    Tool.output("tar", "-xzf", made(".tar.gz").toString(), "-C", folder.toString());
    Path launcher = folder.resolve(Release.built().imageName()).resolve("bin/gtrace");
    // Java ends with a word where a cache that it must use does not fit.
    Path strict = folder.resolve(Release.built().imageName()).resolve("bin/strict");
    Files.writeString(
        strict,
        Files.readString(launcher).replace("-XX:AOTCache=", "-XX:AOTMode=on -XX:AOTCache="));
    ImageFolder.makeExecutable(strict);
    assertThat(Tool.output(bare(strict, "--version"))).startsWith("gtrace ");
  }

  @Test
  void theArchiveOfOneImageIsAlwaysTheSame() throws IOException {
    Path image = made.resolve(Release.built().imageName());
    Path again = folder.resolve("again.tar.gz");
    TarArchive.write(
        again, Release.built().imageName() + "/", PackagedFile.in(image), Release.built().time());
    assertThat(Files.mismatch(again, made(".tar.gz"))).isEqualTo(-1);
  }

  @Test
  void theImageHoldsNoticesManualAndCompletions() throws IOException {
    Path image = made.resolve(Release.built().imageName());
    assertThat(image.resolve("share/man/man1/gtrace-estimate-text.1")).exists();
    assertThat(image.resolve("share/zsh/site-functions/_gtrace")).exists();
    assertThat(Files.readString(image.resolve("THIRD-PARTY-NOTICES.txt")))
        .contains("duckdb_jdbc", "Stichting DuckDB Foundation", "postgresql", "BSD-2-Clause");
    try (Stream<Path> jars = Files.list(image.resolve("lib"))) {
      for (Path jar :
          (Iterable<Path>) jars.filter(each -> each.toString().endsWith(".jar"))::iterator) {
        assertThat(Tool.output("jar", "tf", jar.toString()).lines())
            .as("%s", jar)
            .noneMatch(ApplicationJars::isForeign);
      }
    }
  }

  @Test
  void whatWasLeftOutOfLibrariesIsNamedByNoneOfThem() throws IOException {
    Set<String> leftOut = new HashSet<>();
    Set<String> named = new HashSet<>();
    Path lib = made.resolve(Release.built().imageName()).resolve("lib");
    for (Path jar : jarsIn(Path.of("../gtrace-app/target/gtrace/lib"))) {
      Path copy = lib.resolve(jar.getFileName());
      if (Files.size(copy) != Files.size(jar)) {
        Set<String> packages = packagesOf(jar);
        packages.removeAll(packagesOf(copy));
        leftOut.addAll(packages);
      }
      named.addAll(JavaRuntime.packagesNamedIn(copy));
    }
    assertThat(leftOut).contains("com.google.api");
    assertThat(named).contains("com.google.rpc").doesNotContainAnyElementsOf(leftOut);
  }

  private static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static Set<String> packagesOf(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && name.contains("/"))
          .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void theContainerImageIsUnder120Megabytes() throws IOException {
    assertThat(Files.size(made("-oci.tar"))).isLessThan(120_000_000);
  }

  @Test
  void theDebianPackageRunsWhereItIsInstalled() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "no dpkg-deb here");
    String deb = made(".deb").toString();
    assertThat(Tool.output("dpkg-deb", "--field", deb))
        .contains("Package: gtrace", "Depends: libc6 (>= 2.", "libstdc++6", "Installed-Size: ");
    Tool.output("dpkg-deb", "--extract", deb, folder.toString());
    assertThat(folder.resolve("usr/bin/gtrace")).isSymbolicLink();
    assertThat(folder.resolve("usr/share/doc/gtrace/copyright")).exists();
    assertThat(folder.resolve("usr/share/man/man1/gtrace.1")).exists();
    assertThat(Tool.output(bare(folder.resolve("usr/bin/gtrace"), ESTIMATE))).contains(ESTIMATED);
  }

  @Test
  void theContainerImageRunsOnWhatItHolds() throws IOException {
    Path layout = Files.createDirectories(folder.resolve("layout"));
    Path root = Files.createDirectories(folder.resolve("root"));
    Tool.output("tar", "-xf", made("-oci.tar").toString(), "-C", layout.toString());
    JsonMapper json = JsonMapper.shared();
    assertThat(Files.readString(layout.resolve("oci-layout"))).contains("1.0.0");
    JsonNode index = json.readTree(Files.readString(layout.resolve("index.json")));
    JsonNode manifest = json.readTree(read(layout, index.at("/manifests/0/digest").asString()));
    for (JsonNode layer : manifest.path("layers")) {
      Tool.output(
          "tar",
          "-xzf",
          blob(layout, layer.path("digest").asString()).toString(),
          "-C",
          root.toString());
    }
    JsonNode config = json.readTree(read(layout, manifest.at("/config/digest").asString()));
    assertThat(config.at("/config/Entrypoint/0").asString())
        .isEqualTo("/usr/lib/gtrace/bin/gtrace");
    assertThat(config.at("/config/User").asString()).isEqualTo("65532:65532");
    assumeTrue(
        isRoot() && Files.isExecutable(Path.of("/usr/sbin/chroot")),
        "only root may change the root of a process");
    // Containers have /proc, by which a program finds its own folder; here is none.
    String[] changed = {
      "env",
      "-i",
      "LD_LIBRARY_PATH=/usr/lib/gtrace/runtime/lib",
      "/usr/sbin/chroot",
      root.toString(),
      "/usr/lib/gtrace/bin/gtrace"
    };
    assertThat(
            Tool.output(
                Stream.concat(Stream.of(changed), Stream.of(ESTIMATE)).toArray(String[]::new)))
        .contains(ESTIMATED);
  }

  @Test
  void wrongOptionsAreTold() {
    StringWriter told = new StringWriter();
    assertThat(run(told, "--sources", "..", "--only", "rpm")).isEqualTo(2);
    assertThat(told.toString()).contains("--only", "rpm");
  }
}
