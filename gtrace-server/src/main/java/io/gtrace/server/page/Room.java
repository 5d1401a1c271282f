package io.gtrace.server.page;

/** What the pages are about, as the navigation lists it. */
enum Room {
  NOW("/", "Now"),
  EXPLORE("/explore", "Explore"),
  MAP("/map", "Map"),
  CALCULATOR("/calculator", "Calculator"),
  STUDIES("/studies", "Studies"),
  PYRAMID("/pyramid", "Pyramid"),
  ADVICE("/advice", "Advice"),
  FACTORS("/factors", "Factors"),
  LEDGER("/ledger", "Ledger");

  private final String path;
  private final String label;

  Room(String path, String label) {
    this.path = path;
    this.label = label;
  }

  String path() {
    return path;
  }

  String label() {
    return label;
  }
}
