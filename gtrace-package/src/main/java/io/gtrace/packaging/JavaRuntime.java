package io.gtrace.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

/** A Java runtime of only the modules that the jars use. */
final class JavaRuntime {
  /** Windows, splash screens and sound, with the libraries of the system that they need. */
  private static final List<String> LEFT_OUT =
      List.of("libawt_xawt.so", "libjawt.so", "libjsound.so", "libsplashscreen.so");

  private JavaRuntime() {}

  /** Links one. */
  static void link(Path runtime, List<Path> jars) throws IOException {
    run(
        "jlink",
        List.of(
            "--output",
            runtime.toString(),
            "--add-modules",
            String.join(",", modules(jars)),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--compress=zip-9"));
    for (String library : LEFT_OUT) {
      Files.deleteIfExists(runtime.resolve("lib").resolve(library));
    }
  }

  /** The modules of Java that hold the classes that the classes in the jars name. */
  static NavigableSet<String> modules(List<Path> jars) throws IOException {
    Map<String, String> byPackage = new HashMap<>();
    for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
      module
          .descriptor()
          .packages()
          .forEach(name -> byPackage.put(name, module.descriptor().name()));
    }
    NavigableSet<String> modules = new TreeSet<>();
    for (Path jar : jars) {
      for (String name : packagesNamedIn(jar)) {
        String module = byPackage.get(name);
        if (module != null) {
          modules.add(module);
        }
      }
    }
    return modules;
  }

  /** Packages of the classes that the classes in a jar name. */
  static Set<String> packagesNamedIn(Path jar) throws IOException {
    Set<String> packages = new HashSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.getName().endsWith(".class")) {
          byte[] bytes = file.getInputStream(entry).readAllBytes();
          for (PoolEntry constant : ClassFile.of().parse(bytes).constantPool()) {
            if (constant instanceof ClassEntry named) {
              packages.add(packageOf(named.asInternalName()));
            }
          }
        }
      }
    }
    return packages;
  }

  private static String packageOf(String internalName) {
    int start = internalName.lastIndexOf('[') + 1;
    boolean ofObjects = start > 0 && internalName.charAt(start) == 'L';
    int end = internalName.lastIndexOf('/');
    return end < start
        ? ""
        : internalName.substring(ofObjects ? start + 1 : start, end).replace('/', '.');
  }

  private static void run(String name, List<String> arguments) throws IOException {
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new IOException("this Java Development Kit has no " + name));
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed, true);
    int exitCode = tool.run(writer, writer, arguments.toArray(String[]::new));
    if (exitCode != 0) {
      throw new IOException("%s ended with %d: %s".formatted(name, exitCode, printed));
    }
  }
}
