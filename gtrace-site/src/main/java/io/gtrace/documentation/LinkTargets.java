package io.gtrace.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where links of Markdown files lead on the site: to the page that is made of a Markdown file, or
 * to a copy of any other file or folder of the project.
 */
final class LinkTargets {
  private static final String COPIES = "files/";

  private final Path project;
  private final Map<String, String> pages;
  private final SortedSet<String> copied = new TreeSet<>();

  /**
   * @param project the root of the project, absolute and normalised
   * @param pages the path on the site of each Markdown file, by its path in the project
   */
  LinkTargets(Path project, Map<String, String> pages) {
    this.project = project;
    this.pages = pages;
  }

  /**
   * The address of what a link names, as seen from the page that the file becomes.
   *
   * @param file path of the Markdown file in the project
   * @throws SiteException if there is nothing there
   */
  String address(String file, String destination) {
    if (destination.startsWith("#") || isElsewhere(destination)) {
      return destination;
    }
    int hash = destination.indexOf('#');
    String fragment = hash < 0 ? "" : destination.substring(hash);
    String named = hash < 0 ? destination : destination.substring(0, hash);
    Path target = project.resolve(file).resolveSibling(named).normalize();
    if (!target.startsWith(project) || !Files.exists(target)) {
      throw new SiteException(file + ": the link to " + destination + " leads nowhere");
    }
    String path = project.relativize(target).toString().replace('\\', '/');
    String root = SitePage.rootFrom(pages.getOrDefault(file, ""));
    String page = pages.get(path);
    if (page != null) {
      return root + page + fragment;
    }
    copied.add(path);
    return root + copy(path) + (Files.isDirectory(target) ? "/index.html" : "");
  }

  static boolean isElsewhere(String destination) {
    return destination.matches("[a-z]+:.*");
  }

  /** Where a copy of a file of the project lies on the site. */
  static String copy(String path) {
    return COPIES + path;
  }

  /** Files and folders of the project that links have led to so far. */
  SortedSet<String> copied() {
    return copied;
  }
}
