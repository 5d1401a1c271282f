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
   * @param inView how many of the pictures a small screen shows before the others are asked for
   */
  record Content(
      String id,
      String heading,
      List<String> paragraphs,
      List<Picture> pictures,
      List<TextTable> tables,
      int inView) {
    public Content {
      paragraphs = paragraphs.stream().map(Unit::unbroken).toList();
      pictures = List.copyOf(pictures);
      tables = List.copyOf(tables);
      inView = Math.min(inView, pictures.size());
    }

    /** One whose first picture is in view. */
    Content(
        String id,
        String heading,
        List<String> paragraphs,
        List<Picture> pictures,
        List<TextTable> tables) {
      this(id, heading, paragraphs, pictures, tables, 1);
    }

    List<Picture> picturesInView() {
      return pictures.subList(0, inView);
    }

    List<Picture> otherPictures() {
      return pictures.subList(inView, pictures.size());
    }

    /** What stands for the other pictures where they are folded away. */
    String named() {
      int others = otherPictures().size();
      if (inView == 0) {
        return others == 1 ? "Chart" : others + " charts";
      }
      return others == 1 ? "Another chart" : others + " more charts";
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
