package io.gtrace.ledger.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The names of the fields of one object, as bytes, and what is wanted of each. Not for sharing
 * between threads.
 */
final class LineNames {
  /** Who has more names than this has new ones in every record. */
  private static final int MOST_NAMES = 1_000;

  private static final int SIZE = 1 << 12;
  private static final int USUAL_NAMES = 64;

  /** What is wanted below a field of which nothing is wanted. */
  private static final LineNames NOTHING = new LineNames();

  private final @Nullable FieldNode node;
  private final Function<String, String> fieldNamed;
  private final Name[] names;
  private final @Nullable Name[] usualNames = new Name[USUAL_NAMES];
  private final IdentityHashMap<FieldNode, LineNames> below = new IdentityHashMap<>();
  private int count;

  private static final class Name {
    private final byte[] bytes;
    private final LineNames wanted;

    private Name(byte[] bytes, LineNames wanted) {
      this.bytes = bytes;
      this.wanted = wanted;
    }

    boolean is(byte[] text, int from, int to) {
      return Arrays.equals(bytes, 0, bytes.length, text, from, to);
    }
  }

  private LineNames() {
    node = null;
    fieldNamed = name -> name;
    names = new Name[0];
  }

  /**
   * @param fieldNamed what is wanted of a name of the outermost object
   */
  LineNames(FieldNode node, Function<String, String> fieldNamed) {
    this.node = node;
    this.fieldNamed = fieldNamed;
    names = new Name[SIZE];
  }

  /** Whether anything is wanted of this field. */
  boolean isWanted() {
    return node != null;
  }

  boolean hasSlot() {
    return node != null && node.hasSlot();
  }

  int slot() {
    return node == null ? -1 : node.slot();
  }

  /** Whether fields of the object that is there are wanted. */
  boolean hasChildren() {
    return node != null && node.hasChildren();
  }

  /**
   * What is wanted of the field with a name.
   *
   * @param place of the field in its object: most records have the same fields in the same order
   */
  LineNames child(byte[] bytes, int from, int to, int place) {
    Name usual = place < usualNames.length ? usualNames[place] : null;
    if (usual != null && usual.is(bytes, from, to)) {
      return usual.wanted;
    }
    Name name = find(bytes, from, to);
    if (place < usualNames.length) {
      usualNames[place] = name;
    }
    return name.wanted;
  }

  private Name find(byte[] bytes, int from, int to) {
    int at = LineBytes.hash(bytes, from, to) & (SIZE - 1);
    for (Name there = names[at]; there != null; there = names[at]) {
      if (there.is(bytes, from, to)) {
        return there;
      }
      at = (at + 1) & (SIZE - 1);
    }
    Name name =
        new Name(
            Arrays.copyOfRange(bytes, from, to),
            named(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    if (count < MOST_NAMES) {
      names[at] = name;
      count++;
    }
    return name;
  }

  private LineNames named(String name) {
    FieldNode child = node == null ? null : node.child(fieldNamed.apply(name));
    return child == null
        ? NOTHING
        : below.computeIfAbsent(child, each -> new LineNames(each, below -> below));
  }

  /** Names that were met, of which something is wanted or not. */
  Set<String> met(boolean wanted) {
    Set<String> met = new LinkedHashSet<>();
    for (Name name : names) {
      if (name != null && name.wanted.isWanted() == wanted) {
        met.add(new String(name.bytes, StandardCharsets.UTF_8));
      }
    }
    return met;
  }
}
