package io.gtrace.server.page;

import java.util.List;

/**
 * What stands around the content of a page.
 *
 * @param files where style and scripts are
 * @param organisation whose figures it shows
 * @param team the only one it shows; empty for all
 */
record Frame(StaticFiles files, View view, String organisation, String team) {
  String title() {
    return view.title() + " · G-TRACE";
  }

  List<Room> rooms() {
    return List.of(Room.values());
  }

  boolean isHere(Room room) {
    return room == view.room();
  }

  String file(String name) {
    return files.address(name);
  }

  List<String> scripts() {
    return view.scripts();
  }

  String module() {
    return view.module();
  }

  String data() {
    return view.data();
  }
}
