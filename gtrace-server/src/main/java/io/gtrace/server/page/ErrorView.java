package io.gtrace.server.page;

/**
 * Says what is wrong, and how to go on.
 *
 * @param title in a few words
 * @param detail what is wrong and what to do
 */
record ErrorView(String title, String detail, Room room) implements View {
  @Override
  public String template() {
    return "error.jte";
  }
}
