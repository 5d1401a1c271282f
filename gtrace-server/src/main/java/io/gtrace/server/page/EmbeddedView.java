package io.gtrace.server.page;

import java.util.List;

/**
 * A page that something else makes, or what stands in its place.
 *
 * @param summary what it is about
 * @param remark why nothing is shown, and what to do; empty if something is
 * @param command how to get the same on the command line; may be empty
 * @param page nothing but its content and its data
 * @param ownScript draws its pictures; empty if it has none
 */
record EmbeddedView(
    Room room, String summary, String remark, String command, FinishedPage page, String ownScript)
    implements View {
  @Override
  public String template() {
    return "embedded.jte";
  }

  @Override
  public String title() {
    return room.label();
  }

  @Override
  public String data() {
    return page.data();
  }

  @Override
  public List<String> scripts() {
    return ownScript.isEmpty() ? List.of() : List.of("echarts.min.js", "pictures.js", ownScript);
  }

  EmbeddedView withCommand(String other) {
    return new EmbeddedView(room, summary, remark, other, page, ownScript);
  }

  static EmbeddedView without(Room room, String summary, String remark, String command) {
    return new EmbeddedView(room, summary, remark, command, new FinishedPage("", "{}"), "");
  }
}
