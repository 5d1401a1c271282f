package io.gtrace.report;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** One chapter of the page of a study. */
interface StudySection {
  Content content();

  /** Writes the data of its pictures, one object for each. */
  void write(JsonGenerator json);

  /**
   * What a reader gets, in this order.
   *
   * @param id unique in the page
   */
  record Content(
      String id,
      String heading,
      List<String> paragraphs,
      List<Picture> pictures,
      List<TextTable> tables) {
    public Content {
      paragraphs = paragraphs.stream().map(Unit::unbroken).toList();
      pictures = List.copyOf(pictures);
      tables = List.copyOf(tables);
    }
  }

  /**
   * A picture.
   *
   * @param alternative what it shows, for those who do not see it
   */
  record Picture(String id, String caption, String alternative) {
    static Picture of(Charts.Chart chart) {
      return new Picture(chart.id(), chart.caption(), chart.alternative());
    }
  }
}
