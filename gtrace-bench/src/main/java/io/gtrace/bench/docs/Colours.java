package io.gtrace.bench.docs;

import java.awt.Color;

/** Colours that readers with any sight tell apart (Okabe and Ito 2008). */
final class Colours {
  static final Color BLUE = new Color(0, 114, 178);
  static final Color VERMILION = new Color(213, 94, 0);
  static final Color GREEN = new Color(0, 158, 115);
  static final Color PURPLE = new Color(204, 121, 167);
  static final Color GREY = new Color(120, 120, 120);

  private Colours() {}

  static Color faint(Color colour, int alpha) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
  }
}
