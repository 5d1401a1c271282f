package io.gtrace.ledger.format;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wanted fields below a field, as a tree over the names of their paths. */
final class FieldNode {
  private static final int NO_SLOT = -1;
  private static final String AS_TEXT = "[]";

  /** How a path ends that means all attributes of a list of them. */
  static final String ALL = ".*";

  /** How an entry of an identity begins that leaves an attribute out of all. */
  static final String WITHOUT = "-";

  private final Map<String, FieldNode> children = new HashMap<>();
  private int slot = NO_SLOT;
  private int listSlot = NO_SLOT;
  private int allSlot = NO_SLOT;
  private final Set<String> leftOut = new HashSet<>();

  /** Wants the field at a path. */
  void want(String path, int slot) {
    if (path.endsWith(AS_TEXT)) {
      String list = path.substring(0, path.length() - AS_TEXT.length());
      want(list, slot);
      FieldNode node = child(list);
      if (node != null) {
        node.slot = NO_SLOT;
        node.listSlot = slot;
      }
      return;
    }
    if (path.endsWith(ALL)) {
      String list = path.substring(0, path.length() - ALL.length());
      want(list, slot);
      FieldNode node = child(list);
      if (node != null) {
        node.slot = NO_SLOT;
        node.allSlot = slot;
      }
      return;
    }
    int dot = path.indexOf('.');
    FieldNode child =
        children.computeIfAbsent(
            dot < 0 ? path : path.substring(0, dot), missing -> new FieldNode());
    if (dot < 0) {
      child.slot = slot;
    } else {
      child.want(path.substring(dot + 1), slot);
    }
  }

  /** Leaves an attribute at a path out of all of its list. */
  void leaveOut(String list, String name) {
    FieldNode node = child(list);
    if (node != null) {
      node.leftOut.add(name);
    }
  }

  /** Whether an attribute of this list is one of all that are wanted. */
  boolean isOneOfAll(String name) {
    return allSlot != NO_SLOT && !leftOut.contains(name);
  }

  int allSlot() {
    return allSlot;
  }

  boolean hasSlot() {
    return slot != NO_SLOT;
  }

  int slot() {
    return slot;
  }

  /** Whether a list is wanted as one text. */
  boolean isListWanted() {
    return listSlot != NO_SLOT;
  }

  int listSlot() {
    return listSlot;
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  /** What is wanted of a field; a name with dots stands for a path. */
  @Nullable FieldNode child(String name) {
    FieldNode child = children.get(name);
    if (child != null || name.indexOf('.') < 0) {
      return child;
    }
    FieldNode at = this;
    for (int from = 0; from <= name.length() && at != null; ) {
      int dot = name.indexOf('.', from);
      int end = dot < 0 ? name.length() : dot;
      at = at.children.get(name.substring(from, end));
      from = end + 1;
    }
    return at;
  }
}
