import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar with its classes in the format of Java 8. Those of Java 5 that picocli comes in are
 * loaded and verified anew at every start, because a cache of loaded classes takes none without
 * stack maps; only the maps are added, no instruction changes.
 */
final class RaiseClassFiles {
  private static final int JAVA_8 = 52;

  private RaiseClassFiles() {}

  /** Takes the jar and the file to write. */
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        JarFile from = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(Path.of(args[1]));
        JarOutputStream to = new JarOutputStream(file)) {
      ClassFile format =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(classes)));
      for (JarEntry entry : Collections.list(from.entries())) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(copy);
        to.write(isOld(entry, bytes) ? raised(format, bytes) : bytes);
        to.closeEntry();
      }
    }
  }

  private static boolean isOld(JarEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class") && ClassFile.of().parse(bytes).majorVersion() < JAVA_8;
  }

  private static byte[] raised(ClassFile format, byte[] bytes) {
    // Methods are taken apart and put together, or their maps would not be made.
    ClassTransform anew =
        ClassTransform.transformingMethodBodies(
            CodeTransform.ofStateful(() -> (code, element) -> code.with(element)));
    ClassTransform newer =
        (made, element) -> {
          if (element instanceof ClassFileVersion) {
            made.withVersion(JAVA_8, 0);
          } else {
            made.with(element);
          }
        };
    return format.transformClass(format.parse(bytes), anew.andThen(newer));
  }
}
